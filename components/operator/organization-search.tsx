"use client";

import { SearchBox } from "@/components/data-table/search-box";
import { useTableUrl } from "@/components/data-table/use-table-url";

export function OrganizationSearch() {
  return <SearchBox url={useTableUrl()} placeholder="Search organizations" />;
}
