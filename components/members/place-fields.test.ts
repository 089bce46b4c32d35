import { expect, it } from "vitest";
import { invalidFields } from "@/lib/auth/invalid-fields";
import { updateMemberInput } from "@/lib/members/member-input";
import { placeFields } from "./place-fields";

it("puts what is wrong with a change beside its controls, and says the rest above them", () => {
  const { error } = updateMemberInput.safeParse({
    id: "nobody",
    change: { role_id: "", group_ids: ["elsewhere"], owner: null },
  });
  const { placed, sentence } = placeFields(error ? invalidFields(error) : [], ["role_id", "group_ids"]);
  expect(placed).toEqual([
    { field: "role_id", message: "Choose a role." },
    { field: "group_ids", message: "Choose from the list." },
  ]);
  expect(sentence).toContain("Choose who answers for the service account.");
});

it("claims no field of which a control's name is only the beginning", () => {
  expect(placeFields([{ field: "name_of_all", message: "Too long." }], ["name"])).toEqual({
    placed: [],
    sentence: "Too long.",
  });
});
