/**
 * The contract between the engine (Rust) and its callers (JavaScript): plain data only.
 *
 * Conventions
 * - Fields are camelCase; codes and kinds are kebab-case; the discriminant is always `kind`.
 * - Instants are integer milliseconds since 1970-01-01T00:00:00Z and end in `AtMs`; spans end in `Ms`.
 * - Absent means: the property is missing. Never `null`, never `""`.
 * - An unknown field in an input is an error that names the path of the field.
 */
export type * from "./types/session.d.ts";
export type * from "./types/address.d.ts";
export type * from "./types/template.d.ts";
export type * from "./types/webhook.d.ts";
export type * from "./types/provider-error.d.ts";
export type * from "./types/account.d.ts";
export type * from "./types/dataverse.d.ts";
export type * from "./types/error.d.ts";
