/** After the last key, before a search begins. */
export const PAUSE_MS = 120;
