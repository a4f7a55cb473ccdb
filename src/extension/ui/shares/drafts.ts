/**
 * Titles that are being typed, by the name of the share: when a share that is done moves from one
 * list to the other, the field moves along.
 */
export const drafts = new Map<string, string>();
