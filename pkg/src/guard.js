/**
 * Lets the module's functions outlive a trap: it leaves the memory in an unknown state, so the calls after
 * it get a new instance, made by `renew`.
 */
export function guard(renew, call) {
  return (...values) => {
    try {
      return call(...values);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) renew();
      throw error;
    }
  };
}
