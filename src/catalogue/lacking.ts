import { type CliError, fileFault } from "../run/error.js";
import { type Told, told } from "../words/told.js";

/** Where a file of a catalogue names an entry of another one. */
interface Asking {
  file: string;
  place: string;
  id: string;
}

/**
 * The failure of a file that names what another file of the catalogue lacks. It is the asking file's, unless that other
 * one is of one's own and stands in place of the one that the asking file was shipped with.
 * @param own the path of that other file where it is so
 * @param has what it has, where that is short enough to be said
 */
export function lackFault(
  { file, place, id }: Asking,
  own: string | undefined,
  wrong: Told,
  has: readonly string[] = [],
): CliError {
  if (own === undefined) return fileFault(file, place, wrong);
  const beside = file.split(/[\\/]/).at(-1) ?? file;
  return fileFault(own, "", told("catalogue.asked", { file, at: place, beside, has, id }));
}
