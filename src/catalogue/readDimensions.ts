import { type CatalogueSource, filesOf } from "./cataloguePlace.js";
import { type OwnDimension, parseDimensions } from "./ownDimensions.js";

/**
 * Reads `dimensions.yaml` of a catalogue; one without has no dimensions of its own.
 * @throws CliError 2 when the file is wrong
 */
export function readDimensions(source: CatalogueSource): OwnDimension[] {
  const found = filesOf(source).find("dimensions.yaml");
  return found ? parseDimensions(found.text, found.file) : [];
}
