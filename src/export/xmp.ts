import { escapeXml } from "../run/escapeXml.js";
import type { ReportFacts } from "./printPage.js";

/** What a report says of itself as XMP, with that it keeps to PDF/UA-1. It has no date but that of the data. */
export function xmpOf({ title, subject, lang, asOf, buildId }: ReportFacts, creator: string): string {
  const inLanguage = (words: string) =>
    `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(words)}</rdf:li><rdf:li xml:lang="${lang}">${escapeXml(words)}</rdf:li></rdf:Alt>`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title>${inLanguage(title)}</dc:title>
<dc:description>${inLanguage(subject)}</dc:description>
<dc:language><rdf:Bag><rdf:li>${lang}</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>${escapeXml(buildId)}</pdf:Keywords>
<xmp:CreatorTool>${escapeXml(creator)}</xmp:CreatorTool>
<xmp:CreateDate>${asOf}</xmp:CreateDate>
<xmp:ModifyDate>${asOf}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}
