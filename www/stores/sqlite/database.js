// @ts-check
/** What is used of `DatabaseSync`; a database of `better-sqlite3` fits, too. */

/** @typedef {{ run(...values: any[]): { changes: number | bigint, lastInsertRowid: number | bigint }, get(...values: any[]): any, all(...values: any[]): any[] }} Statement */
/** @typedef {{ exec(sql: string): unknown, prepare(sql: string): Statement, close(): unknown }} Database */

export {};
