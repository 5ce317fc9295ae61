/** An argument of a command that is shown, as a shell takes it: whatever is in it is run as none of its own. */
export const shellWord = (text: string): string =>
  /^[\w=.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
