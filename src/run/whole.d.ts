export function sizesFile(folder: string): string;
export function noteSizes(folder: string, place: string): void;
export function isWhole(folder: string): boolean;
export function dropDamaged(folder: string): void;
