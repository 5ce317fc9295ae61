export function sourceStamp(project: string): string;
