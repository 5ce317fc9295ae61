export function missingPackage(error: unknown): string | undefined;
