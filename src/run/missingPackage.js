/** The name of a package, alone or with a file of it behind it, or within a folder of packages. */
const packageName =
  /Cannot find (?:package|module) '(?:[^']*node_modules[\\/])?((?:@[^'@\\/]+[\\/])?[^'.@:\\/][^':\\/]*)/;

/** The package that an error says is not installed; undefined for any other failure. */
export function missingPackage(error) {
  if (!["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"].includes(error?.code)) return undefined;
  return packageName.exec(error.message)?.[1];
}
