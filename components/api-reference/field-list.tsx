import { Badge } from "@/components/ui/badge";
import type { FieldDescription } from "@/lib/http/describe-fields";

/** What an input takes, a field each. */
export function FieldList({ title, fields }: { title: string; fields: FieldDescription[] }) {
  return (
    <div>
      <h4 className="pb-2 font-medium text-sm">{title}</h4>
      <dl className="border-line border-t">
        {fields.map((field) => (
          <div key={field.name} className="grid gap-0.5 border-line border-b py-2.5 text-sm">
            <dt className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
              <code className="font-medium font-mono">{field.name}</code>
              <span className="min-w-0 text-soft text-xs [overflow-wrap:anywhere]">{field.type}</span>
              {field.required && <Badge tone="brass">required</Badge>}
            </dt>
            {field.note && <dd className="text-pretty text-soft">{field.note}</dd>}
          </div>
        ))}
      </dl>
    </div>
  );
}
