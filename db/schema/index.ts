export * from "./audit";
export * from "./organizations";
export * from "./tokens";
export * from "./users";
