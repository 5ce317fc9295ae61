export function sourceStamp(project: string): string;
export function codeStamp(project: string): string;
