// @ts-check
/**
 * The part of `@twilio/conversations` 3 that is used here: structural, so that the package is nobody's dependency.
 *
 * @typedef {object} MessageLike
 * @property {string} sid
 * @property {number} index
 * @property {string | null} author
 * @property {string | null} body
 * @property {Date | null} dateCreated
 * @property {readonly { contentType: string }[] | null} [attachedMedia]
 * @property {() => Promise<readonly { status: string, errorCode: string | number, dateUpdated: string }[]>} [getDetailedDeliveryReceipts]
 *
 * @typedef {{ text?: unknown, contentSid?: unknown, send(): Promise<any> }} UnsentLike
 * @typedef {{ build(): UnsentLike, setContentTemplate(contentSid: string, variables?: any[]): MessageBuilderLike }} MessageBuilderLike
 *
 * @typedef {object} ConversationLike
 * @property {string} sid
 * @property {(message: any, ...rest: any[]) => Promise<any>} sendMessage
 * @property {() => any} prepareMessage
 * @property {(pageSize?: number, anchor?: number, direction?: any) => Promise<{ items: readonly MessageLike[] }>} getMessages
 * @property {(event: any, listener: (...given: any[]) => void) => unknown} on
 * @property {(event: any, listener: (...given: any[]) => void) => unknown} off
 *
 * @typedef {{ sid: string, friendlyName: string, variables: readonly { name: string, value: string }[], variants: ReadonlyMap<string, { rawData?: string }> }} ContentTemplateLike
 * @typedef {{ getContentTemplates(): Promise<readonly ContentTemplateLike[]> }} ClientLike
 * @typedef {new (name: string, value: string) => any} VariableClass
 */

export {};
