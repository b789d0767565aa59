/*
 * Signatures and lengths in bytes of the records at a ZIP's end, without what may follow in them (PKWARE, APPNOTE.TXT 6.3.10,
 * 4.3.14 to 4.3.16).
 */

export const END = 0x06054b50;
export const END_LENGTH = 22;
export const END_64 = 0x06064b50;
export const END_64_LENGTH = 56;
export const LOCATOR = 0x07064b50;
export const LOCATOR_LENGTH = 20;
