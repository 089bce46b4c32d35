import type { Endpoint, EndpointGroup } from "./endpoint";

/** Where an endpoint stands in the reference. */
export const placeOf = (group: Pick<EndpointGroup, "title">, { method, path }: Pick<Endpoint, "method" | "path">) =>
  `/docs#${slugOf(group.title)}/${method}${path}`;

/** As Scalar names the part of a tag. */
const slugOf = (title: string) =>
  `tag/${title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-")}`;
