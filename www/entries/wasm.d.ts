/** Types of the package's `.wasm` files, as a bundler or runtime hands them over that compiles them: workerd does. */
declare const compiled: WebAssembly.Module;
export default compiled;
