/** What both routes answer, about as long as a small resource. */
export const ANSWER = { id: "1m9YQ2zk7hVd", name: "Production integration", status: "active" };
