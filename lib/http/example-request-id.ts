/** The request id of every example. */
export const EXAMPLE_REQUEST_ID = "5a2d1f0e-8a1b-4a53-9f2b-0f3f6b8f7c9e";
