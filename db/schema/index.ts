export * from "./audit";
export * from "./authority";
export * from "./jobs";
export * from "./mail";
export * from "./notices";
export * from "./organizations";
export * from "./tokens";
export * from "./users";
