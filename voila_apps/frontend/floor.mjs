// The oldest browsers that a page works in, as esbuild names them.
export const TARGET = ["chrome90", "firefox88", "safari14.1"];
