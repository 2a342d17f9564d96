// The oldest browsers that a page works in, as esbuild names them.
export const TARGET = ["chrome90", "firefox88", "safari14"];
// Safari has had destructuring since 10; one rare form of it failed until 14.1, for which esbuild gives up on all.
export const SUPPORTED = { destructuring: true };
