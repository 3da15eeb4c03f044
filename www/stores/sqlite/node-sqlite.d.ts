/** Node 22's; the types of Node 20 know nothing of it. */
declare module "node:sqlite" {
  export const DatabaseSync: new (path: string) => import("./database.js").Database;
}
