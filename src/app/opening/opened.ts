/** Something that has been opened and not begun yet: what runs before it goes on until then. */
export interface Opened {
  /** Puts it on the stage; resolves when it is over, or at once if it needs nobody to wait. */
  begin(): Promise<void> | void;
  /** Lets go of it without having begun. */
  close(): void;
}
