import type { ReactNode } from "react";
import { CodeBlock } from "@/components/api-reference/code-block";

/** What is done one after the other, each with the line to copy for it. */
export const Steps = ({ children }: { children: ReactNode }) => (
  <ol className="mt-2 grid list-decimal grid-cols-[minmax(0,1fr)] gap-6 pl-5 marker:font-medium marker:text-soft lg:max-w-[44rem]">
    {children}
  </ol>
);

export const Step = ({ title, code, children }: { title: string; code: string; children: ReactNode }) => (
  <li className="pl-1.5">
    <p className="mb-2.5">{children}</p>
    <CodeBlock title={title} copy code={code} />
  </li>
);
