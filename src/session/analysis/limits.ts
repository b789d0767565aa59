/** More workers than this nobody may ask for. */
export const MAXIMUM_WORKERS = 16;
