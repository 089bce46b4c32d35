/** Every code with its status and sentence. Each is the place that a problem's `type` points at. */
export function ProblemList({ problems }: { problems: { code: string; status: number; sentence: string }[] }) {
  return (
    <dl className="border-line border-t">
      {problems.map(({ code, status, sentence }) => (
        <div
          key={code}
          id={code}
          className="grid gap-x-6 gap-y-0.5 border-line border-b py-2.5 text-sm target:bg-brass-wash sm:grid-cols-[240px_minmax(0,1fr)]"
        >
          <dt className="flex items-baseline gap-2.5">
            <span className="w-7 shrink-0 text-soft">{status}</span>
            <code className="font-mono text-xs">{code}</code>
          </dt>
          <dd className="text-pretty text-soft max-sm:pl-[38px]">{sentence}</dd>
        </div>
      ))}
    </dl>
  );
}
