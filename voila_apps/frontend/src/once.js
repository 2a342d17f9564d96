// Parts that load when they are first needed.

/** A function that loads a part once; after a failure the next call tries again. */
export function once(load) {
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
