/** The modules without WebAssembly, by name: for the option `nowasm`, and to be called by nobody else. */
export declare const page: Readonly<Record<string, unknown>>;
export declare const book: Readonly<Record<string, unknown>>;
export declare const chooser: Readonly<Record<string, unknown>>;
export declare const dynamics: Readonly<Record<string, unknown>>;
