/**
 * Stands in for cross-fetch in the bundle: Node has fetch itself, and the polyfill brings a module that Node warns about at
 * every start.
 */
export default globalThis.fetch;
