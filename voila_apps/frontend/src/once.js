// Parts that load when they are first needed.

/**
 * A function that loads a part once; after a failure the next call tries again.
 * @template Part
 * @param {() => Promise<Part>} load
 */
export function once(load) {
  /** @type {Promise<Part> | null} */
  let loading = null;
  return () => {
    loading =
      loading ||
      load().catch((error) => {
        loading = null;
        throw error;
      });
    return loading;
  };
}
