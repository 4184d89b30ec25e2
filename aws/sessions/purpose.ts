/**
 * `discover` sessions read and can do nothing else; `remove` sessions carry out what was planned;
 * `restore` sessions bring back what is in the Recycle Bin.
 */
export type Purpose = 'discover' | 'remove' | 'restore';
