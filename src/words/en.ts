import type { Reason } from "../kpi/coverage.js";
import { fewestCases } from "../kpi/fewestCases.js";

/** Values that a message names: `One` by one, `Lists` as lists. */
type Given<One extends string, Lists extends string = never> = Readonly<Record<One, string | number>> &
  Readonly<Record<Lists, readonly string[]>>;

const list = (names: readonly string[]) => names.join(", ");

/** What failures, progress lines and findings say, by id. */
export const messages = {
  "usage.unknownOption": ({ option, near }: Given<"option" | "near">) => `unknown option '${option}'${near}`,
  "usage.unknownCommand": ({ command, near }: Given<"command" | "near">) =>
    `unknown command '${command}'${near}`,
  "usage.noValue": ({ flags }: Given<"flags" | "option">) => `option '${flags}' argument missing`,
  "usage.conflict": ({ option, other }: Given<"option" | "other">) => `${option} does not go with ${other}`,
  "usage.forCommand": ({ command }: Given<"command">) => ` for '${command}'`,
  "usage.moreThanOne": ({ of, most, given }: Given<"of" | "most" | "given">) =>
    `too many arguments${of}. Expected ${most} argument but got ${given}.`,
  "usage.tooMany": ({ of, most, given }: Given<"of" | "most" | "given">) =>
    `too many arguments${of}. Expected ${most} arguments but got ${given}.`,
  "usage.otherChoice": ({ flags, value, choices }: Given<"flags" | "option" | "value", "choices">) =>
    `option '${flags}' argument '${value}' is invalid. Allowed choices are ${list(choices)}.`,
  "program.says": ({ said }: Given<"said">) => `herringbone: ${said}`,
  "program.interrupted": "interrupted, the old state is kept",
  "attempt.none": "no build has failed since the last one that succeeded",
  "progress.rows": ({ rows }: Given<"rows">) => `${rows} rows`,
  "progress.far": ({ done, of, left }: Given<"done" | "of" | "left">) =>
    `${done} of ${of}, about ${left} left`,
  "model.oneSelect": ({ file }: Given<"file">) => `${file}: expected one select statement`,
  "model.noSchema": ({ file, table }: Given<"file" | "table">) =>
    `${file}: relation without a schema: ${table}`,
  "model.twice": ({ one, other, relation }: Given<"one" | "other" | "relation">) =>
    `two models of one name, ${one} and ${other}: ${relation}`,
  "model.unknownRelation": ({ file, relation }: Given<"file" | "relation">) =>
    `${file}: reads an unknown relation: ${relation}`,
  "model.noGrain": ({ file }: Given<"file">) => `${file}: the header lacks a line: -- grain: <columns>`,
  "model.materialized": ({ file, found }: Given<"file" | "found">) =>
    `${file}: materialized is table or build: ${found}`,
  "model.circle": ({ path }: Given<"path">) => `models read each other: ${path}`,
  "builds.unknown": ({ build, builds }: Given<"build", "builds">) =>
    `no build ${build} is kept, there are ${list(builds)}`,
  "builds.current": ({ build }: Given<"build">) => `the warehouse holds this build already: ${build}`,
  "forget.damaged": ({ path }: Given<"path">) =>
    `the list of forgotten persons cannot be read; put it back from a backup, or a build would bring them back: ${path}`,
  "forget.oneOf": "name the id of a person to forget, or --list",
  "forget.unknown": ({ id }: Given<"id">) =>
    `no customer, employee, lead or contact of the warehouse or a kept build has this id; ask with the id as kpi or the extracts have it: ${id}`,
  "forget.several": ({ id, kinds }: Given<"id", "kinds">) =>
    `several have this id; say which one with --kind ${list(kinds)}: ${id}`,
  "forget.done": ({ builds, pseudonym }: Given<"builds" | "pseudonym">) =>
    `forgotten: builds written anew ${builds}, figures as they were; rows are called ${pseudonym}, by builds to come, too. Extracts, the catalogue, sites and files made before are not touched: take the person out of them, build the site anew (herringbone site), delete the others`,
  "forget.aside": ({ path }: Given<"path">) =>
    `cannot be read, and may have the person still; delete it: ${path}`,
  "forget.none": "nobody has been forgotten",
  "forget.pending": ({ count }: Given<"count">) =>
    `persons whose forgetting was begun and has not ended: ${count}; they may still be in kept builds or the warehouse, the same command (herringbone forget ID) goes on`,
  "forget.said": ({ count, day }: Given<"count" | "day">) =>
    `persons forgotten: ${count}, the last on ${day}; their rows are kept under pseudonyms, so that figures stay`,
  "diff.same": ({ build }: Given<"build">) => `two builds are compared, and this is one: ${build}`,
  "builds.noFolder": ({ path }: Given<"path">) =>
    `former builds are kept in a folder, where something else stands; move it away: ${path}`,
  "build.clock": ({ now, build }: Given<"now" | "build">) =>
    `the clock says ${now}, before the last build here, ${build}: put it right if it is wrong now (rows after it are refused); if it was wrong then, ids go on from there`,
  "builds.marker": ({ path }: Given<"path">) =>
    `the note of which build was brought back is damaged; where none was, remove it: ${path}`,
  "builds.restored": ({ build, replaced, path }: Given<"build" | "replaced" | "path">) =>
    `build ${build} is back; ${replaced}, which it replaces, is kept: ${path}`,
  "builds.restoreAlone": ({ option }: Given<"option">) =>
    `--restore brings a build back as it was, without ${option}`,
  "export.otherBuild": ({ site, held }: Given<"site" | "held">) =>
    `what is printed is the site's build ${site}; the warehouse holds ${held}: herringbone site makes its site`,
  "export.buildOrDist": "name a build (--build) or a built site (--dist), not both",
  "close.already": ({ period, at, build }: Given<"period" | "at" | "build">) =>
    `closed since ${at}, by build ${build}; open it again first (herringbone close --reopen ${period} --why "…"): ${period}`,
  "close.damaged": ({ path }: Given<"path">) =>
    `the record of closed periods is not what was written; put it back from a backup: ${path}`,
  "close.done": ({ period, build, figures, open }: Given<"period" | "build" | "figures" | "open">) =>
    `closed ${period}: ${figures} figures of build ${build}, ${open} of them not final (immature or incomplete)`,
  "close.gone": ({ number, build, path }: Given<"number" | "build" | "path">) =>
    `entry ${number} of the record of closed periods, which build ${build} saw, is gone; put it back from a backup: ${path}`,
  "close.lost": ({ number, path, head }: Given<"number" | "path" | "head">) =>
    `entry ${number} of the record of closed periods is gone or another; put the record back from a backup, as it is noted in ${head}: ${path}`,
  "close.locked": ({ pid, path }: Given<"pid" | "path">) =>
    `a build or another close is at work on this warehouse (process ${pid}), its lock is ${path}`,
  "close.noList": "no period has been closed",
  "close.notClosed": ({ period }: Given<"period">) => `not closed: ${period}`,
  "close.notOver": ({ period, day }: Given<"period" | "day">) =>
    `only a period that is over can be closed, and the data go up to ${day}: ${period}`,
  "close.oneOf": "name a period to close, or --list, or --reopen PERIOD with --why",
  "close.otherData": ({ periods }: Given<never, "periods">) =>
    `closed on other data, and not compared: ${list(periods)}`,
  "close.reopened": ({ period }: Given<"period">) => `opened again: ${period}; what was closed is kept`,
  "close.restated": ({ count, period }: Given<"count" | "period">) =>
    `of the closed period ${period} figures have another value now: ${count}; check lists them`,
  "close.whyLong": ({ most, length }: Given<"most" | "length">) =>
    `--why takes at most ${most} characters: ${length}`,
  "close.whyMissing": "--reopen needs a reason: --why TEXT",
  "lock.untaken": ({ path }: Given<"path">) => `cannot take the build lock: ${path}`,
  "package.missing": ({ name }: Given<"name">) => `package not installed; run npm ci: ${name}`,
  "model.sharedGrain": ({ file, grain, row }: Given<"file" | "grain" | "row">) =>
    `${file}: rows that share their grain (${grain}): ${row}`,
  "load.unequalFile": ({
    file,
    rowsRead,
    accepted,
    rejected,
  }: Given<"file" | "rowsRead" | "accepted" | "rejected">) =>
    `${file}: ${rowsRead} rows read, but ${accepted} accepted and ${rejected} rejected`,
  "load.unequalTable": ({
    table,
    rowsMapped,
    loaded,
    quarantined,
    duplicates,
  }: Given<"table" | "rowsMapped" | "loaded" | "quarantined" | "duplicates">) =>
    `${table}: ${rowsMapped} rows mapped, but ${loaded} loaded, ${quarantined} quarantined and ${duplicates} duplicates`,
  "csv.unequal": ({ file, rows, counted }: Given<"file" | "rows" | "counted">) =>
    `${file}: the reader accepted ${rows} rows where the byte pass counted ${counted}`,
  "kpi.noDimension": ({ kpi, supported, dimension }: Given<"kpi" | "dimension", "supported">) =>
    `${kpi} has no such dimension (it has ${list(supported) || "none"}): ${dimension}`,
  "rule.required": "a required value is missing",
  "rule.id": "not an id",
  "rule.text": "not a text",
  "rule.enum": "not one of the allowed values",
  "rule.bool": "not a truth value",
  "rule.int": "not a whole number",
  "rule.decimal": "not a decimal number",
  "rule.decimalLike": ({ like }: Given<never, "like">) => `not a decimal number like ${like.join(" or ")}`,
  "rule.date": "not a calendar day",
  "rule.timestamp": "not a time (ISO 8601, or as date_formats says)",
  "rule.minimum": "below the smallest allowed value",
  "rule.maximum": "above the largest allowed value",
  "rule.first_of_month": "not the first day of a month",
  "rule.within": "outside the range the row gives",
  "rule.time_order": "earlier than it can be",
  "rule.in_future": "later than the run's start",
  "rule.superseded": "replaced by another row of the same key",
  "rule.subtotal": "a sum of other rows; does not count against the limit",
  "rule.shortened_id": "an id that a spreadsheet has shortened to a number like 4.2E+15",
  "rule.error_cell": "the error of a formula, no value",
  "rule.too_early": "before the record begins (record_floor of settings.yaml)",
  "rule.placeholder_date": "before the record begins (record_floor of settings.yaml), counts as null",
  "rule.decimal_point":
    'read as decimals, but every point stands before three digits and may group thousands; set decimal: "," in sources.yaml if it does (in a file of the catalogue write 12400)',
  "rule.decimal_comma":
    'read as thousands, for every comma stands before three digits; if it is the decimal one, set decimal: "," in sources.yaml',
  "rule.two_orders": "every date fits two of the formats listed; the first was taken",
  "rule.mapping_failed": "the mapping cannot take the cell",
  "rule.mixed_currencies": "amounts of one row in two currencies; convert one in the mapping",
  "rule.expects_worse": "expects of its kpi what is not the better direction; was a sign forgotten?",
  "rule.ragged": "not as many fields as the header",
  "rule.broken_quoting": "quotes that do not match",
  "rule.no_json": "not a JSON object, or one with a key twice",
  "rule.line_too_long": "line too long",
  "rule.bad_encoding": "not text of the file's encoding",
  "rule.too_deep": "too many brackets within each other",
  "rule.nul_byte": "NUL byte in the text",
  "rule.repeated_header": "the header again, perhaps of a second export",
  "rule.no_line_end": "the last line has no line end, it may have been cut off",
  "rule.unknown_reference": "no such row in the table it refers to; shown under (unknown)",
  "rule.no_own_limit":
    "no response limit of its own, judged by that of other channels; what it is may be said by values: {channel: …} in sources.yaml",
  "rule.deleted_record": "deleted in the CRM, left out",
  "rule.merged_record":
    "merged into another in the CRM; counted once, what referred to it goes to the one that is left",
  "rule.resolved_before_response": "resolved before its first response; counts as never answered",
  "rule.before_acquisition": "order before its customer was acquired",
  "rule.sumOfRows": "a sum of other rows",
  "found.fields": ({ fields }: Given<"fields">) => `${fields} fields`,
  "found.values": ({ values }: Given<never, "values">) => list(values),
  "found.more": ({ count }: Given<"count">) => `${count} other values`,
  "reference.notFound": ({ table }: Given<"table">) =>
    `no row of ${table} with this id was loaded; shown under (unknown)`,
  "reference.notGiven": ({ table }: Given<"table">) =>
    `${table} is not among the extracts; shown under (unknown)`,
  "file.ofCatalogue": ({ file }: Given<"file">) => `${file} (of the catalogue, no extract)`,
  "code.labelled": ({ code, label }: Given<"code" | "label">) => `${code} (${label})`,
  "row.why": ({ says, expected, more }: Given<"says" | "expected" | "more", "allowed">) =>
    `${says}${expected && ` (${expected})`}${more}`,
  "row.line": ({ line }: Given<"line">) => `line ${line}`,
  "row.refused": ({ parts }: Given<never, "parts">) => parts.join(": "),
  "load.file": ({
    file,
    rowsRead,
    rowsAccepted,
    linesRejected,
  }: Given<"file" | "rowsRead" | "rowsAccepted" | "linesRejected">) =>
    `${file}: ${rowsRead} rows read = ${rowsAccepted} accepted + ${linesRejected} lines rejected`,
  "load.superseded": ({ superseded }: Given<"superseded">) => `${superseded} of the quarantined superseded`,
  "load.leftOut": ({ leftOut }: Given<"leftOut">) => `${leftOut} left out by the mapping`,
  "load.notes": ({ more }: Given<never, "more">) => ` (${more.join(", ")})`,
  "load.rows": ({
    table,
    rowsMapped,
    loaded,
    quarantined,
    duplicates,
    notes,
  }: Given<"table" | "rowsMapped" | "loaded" | "quarantined" | "duplicates" | "notes">) =>
    `${table}: ${rowsMapped} rows mapped = ${loaded} loaded + ${quarantined} quarantined + ${duplicates} duplicates${notes}`,
  "load.quarantined": ({
    count,
    at,
    rule,
    expected,
    found,
    place,
  }: Given<"count" | "at" | "rule" | "expected" | "says" | "found" | "place">) =>
    `quarantined ${count}: ${at} ${rule}, ${expected}${found}${place}`,
  "load.found": ({ values }: Given<"values">) => `, found ${values}`,
  "load.place": ({ place }: Given<"place">) => ` (${place})`,
  "load.example": ({ sample }: Given<"sample">) => `, for example: ${sample}`,
  "load.warning": ({
    count,
    at,
    rule,
    says,
    example,
    place,
  }: Given<"count" | "at" | "rule" | "says" | "example" | "place">) =>
    `kept with a warning ${count}: ${at} ${rule}, ${says}${example}${place}`,
  "load.replaced": ({ replaced }: Given<"replaced">) =>
    ` (${replaced} replaced by another row of the same key)`,
  "load.inQuarantine": ({
    broken,
    ofThem,
    rejected,
    check,
  }: Given<"broken" | "ofThem" | "rejected" | "check">) =>
    `in the quarantine: rows ${broken}${ofThem}, lines ${rejected}; "herringbone ${check}" shows why`,
  "load.ignored": ({ files }: Given<"files">) => `not read: ${files}`,
  "record.table": ({ table, span }: Given<"table" | "span">) => `${table}: ${span}`,
  "record.tables": ({ tables, span }: Given<"span", "tables">) => `${list(tables)}: ${span}`,
  "record.span": ({ first, last, said }: Given<"first" | "last" | "said">) =>
    `${first} to ${last}${said && ` (${said})`}`,
  "record.strayRow": ({ table, rows, span, from }: Given<"table" | "rows" | "span" | "from">) =>
    `${table}: ${rows} stray row of ${span} lies long before the others; the record begins on ${from}`,
  "record.strayRows": ({ table, rows, span, from }: Given<"table" | "rows" | "span" | "from">) =>
    `${table}: ${rows} stray rows of ${span} lie long before the others; the record begins on ${from}`,
  "record.ended": ({ table, newest, last }: Given<"table" | "newest" | "last">) =>
    `${table}: ended, its newest row is of ${newest}; its KPIs have no value after ${last}; where it only had no news since, a later covers_to for ${table} in sources.yaml vouches for it`,
  "record.dayOnly": ({ column }: Given<"column">) =>
    `${column}: day_precision, its times hold days only; response times have no value`,
  "contract.label": ({ table }: Given<"table" | "chinese">) => `${table}`,
  "schema.longId": "an id of more than 100 characters",
  "schema.snakeCase": "not a snake_case id",
  "schema.scope": "not a dimension and a value like region=East",
  "schema.period": "not a period like 2026-05, 2026-Q2, 2026-H1 or 2026",
  "schema.sectionTwice": "a section stands twice",
  "schema.scopeOrEach": "a pack has a scope or one for each, not both",
  "schema.ofGrowth": "only of a growth of dated cases",
  "schema.ofCustomerRate": "only of a rate of customers",
  "schema.bareLimit": "expected a fraction or a percentage like 5% (the kpi is one of %)",
  "schema.limit": "not a number or a percentage",
  "schema.aboveZero": "not above 0",
  "schema.words": "expected a text in words",
  "schema.timeZone": "not a time zone of the IANA database",
  "schema.sumOf100": "expected weights that sum to 100",
  "schema.calendarDay": "not a day like 2026-10-01",
  "schema.hours": "not hours like 09:00-12:30",
  "schema.shiftReversed": "closes before it opens (a night shift is two: 22:00-24:00, 00:00-06:00)",
  "schema.shiftsOverlap": "shifts overlap",
  "schema.days": "neither a day nor the first and last of some",
  "schema.daysReversed": "ends before it begins",
  "schema.makeUpDay": "neither a day nor { date: 2026-10-10, like: friday }",
  "schema.noHours": "no day has hours",
  "schema.selectAlone": "select stands alone, without columns, where and from",
  "schema.rawTable": "a raw table's name",
  "schema.databaseTable": "expected a table like support.tickets",
  "schema.tableOrQuery": "a relation has either table or query",
  "schema.apiName": "expected a name of the interface, like Case",
  "schema.variable": "expected the name of an environment variable (what it holds does not stand here)",
  "schema.duration": 'expected like "10 minutes"',
  "schema.oneCharacter": "one ASCII character",
  "schema.every": 'expected like "1 day"',
  "schema.sourceName": "a source's name",
  "schema.dayOrInstant": "expected a day (2026-06-30) or an instant (2026-06-30T18:00:00+08:00)",
  "schema.patterns":
    "expected one file pattern or a list of them, or a map of raw table → patterns, of workbooks {file, sheet, header_row}",
  "schema.sql": "expected SQL",
  "schema.sheetOf": "sheet and header_row are of workbooks (.xlsx)",
  "schema.sheetTwice": "one sheet has its headings in one row; two raw tables name another",
  "schema.encoding": "unknown encoding",
  "schema.dimensionTwice": "a dimension is listed twice",
  "schema.lowerFirst": "expected the lower end first",
  "schema.need": "not a contract table or a column of one",
  "schema.contractColumn": "not a column of a contract table",
  "schema.kindOfRow": "expected table.column=value",
  "schema.condition": "expected table.column, or table.column=value",
  "schema.currency": "expected a currency's code like CNY",
  "schema.floorDay": "expected a day, like 1970-01-01",
  "schema.day": "expected a day YYYY-MM-DD",
  "schema.word": "expected a word",
  "schema.dateFormat": "expected strptime signs, like %d/%m/%Y %H:%M",
  "schema.coversReversed": "lies before covers_from",
  "calendar.dayOff": ({ like, date }: Given<"like" | "date">) => `${like} has no hours to work on ${date}`,
  "calendar.twice": ({ date }: Given<"date">) => `listed twice: ${date}`,
  "calendar.holiday": ({ date }: Given<"date">) => `a holiday as well: ${date}`,
  "schema.found": ({ wrong, found }: Given<"wrong" | "found">) => `${wrong}: ${found}`,
  "schema.name": "not a name",
  "schema.missing": "is missing",
  "schema.typeNotText": ({ type }: Given<"type">) => `expected ${type}: a text`,
  "schema.typed": ({ type }: Given<"type">) => `expected ${type}`,
  "schema.type.string": "a text",
  "schema.type.number": "a number",
  "schema.type.int": "a whole number",
  "schema.type.boolean": "true or false",
  "schema.type.array": "a list",
  "schema.type.tuple": "a list",
  "schema.type.object": "a map of keys",
  "schema.type.record": "a map of keys",
  "schema.choiceFound": ({ values, near, found }: Given<"near" | "found", "values">) =>
    `expected one of ${list(values)}${near}: ${found}`,
  "schema.choice": ({ values }: Given<never, "values">) => `expected one of ${list(values)}`,
  "schema.otherChoice": "not of a form allowed here",
  "schema.elsewise": "not of the form expected here",
  "schema.empty": "expected a text that is not empty",
  "schema.noEntry": "expected at least one entry",
  "schema.atMost": ({ bound }: Given<"bound">) => `expected at most ${bound}`,
  "schema.below": ({ bound }: Given<"bound">) => `expected below ${bound}`,
  "schema.atLeast": ({ bound }: Given<"bound">) => `expected at least ${bound}`,
  "schema.above": ({ bound }: Given<"bound">) => `expected above ${bound}`,
  "schema.unknownKey": ({ key, allowed, near }: Given<"key" | "near", "allowed">) =>
    `unknown key${allowed.length > 0 ? ` (allowed: ${list(allowed)})` : ""}: ${key}${near}`,
  "value.unknown": ({ dimension, some, value, near }: Given<"dimension" | "value" | "near", "some">) =>
    `no such ${dimension} (there are ${list(some)}): ${value}${near}`,
  "kpi.unlisted": ({ id, near }: Given<"id" | "near">) => `not in kpis.yaml: ${id}${near}`,
  "catalogue.asked": ({ file, at, beside, has, id }: Given<"file" | "at" | "beside" | "id", "has">) =>
    `this file stands in place of the shipped one${has.length > 0 ? ` and has ${list(has)}` : ""}, but ${file} (${at}) asks for what it does not have; add that here, or put your own ${beside} beside it: ${id}`,
  "kpi.twiceInFishbone": ({ places, id }: Given<"id", "places">) =>
    `a kpi stands once in a fishbone, on a branch or among the success_factors; this one stands in ${list(places)}: ${id}`,
  "entry.twice": ({ what, id }: Given<"what" | "id">) => `${what} listed twice: ${id}`,
  "entry.fishbone": "fishbone",
  "entry.branch": "branch",
  "entry.kpi": "kpi",
  "entry.problem": "problem",
  "entry.cause": "cause",
  "entry.scorecard": "scorecard",
  "entry.grade": "grade",
  "entry.group": "group",
  "branch.unlisted": ({ name, near }: Given<"name" | "near">) => `not in problem_branches: ${name}${near}`,
  "problem.noCause": "no branch has a cause",
  "dimension.listedTwice": "listed twice",
  "dimension.alias": ({ meant, id }: Given<"meant" | "id">) => `stands for the dimension ${meant}: ${id}`,
  "dimension.ofPersons": ({ id }: Given<"id">) =>
    `told by ids of employees, map the contract's column instead: ${id}`,
  "dimension.reserved": ({ id }: Given<"id">) => `a word of the cube or of SQL: ${id}`,
  "dimension.unlabelled": "expected labels in zh-CN and en",
  "table.unknown": ({ near }: Given<"near">) => `unknown table${near}`,
  "dimension.noColumn": "names no column",
  "dimension.otherColumn": ({ table, id }: Given<"table" | "id">) =>
    `a column of ${table} with a meaning of its own: ${id}`,
  "column.personal": ({ column }: Given<"column">) => `identifies a person: ${column}`,
  "column.noWords": ({ table, column, kind }: Given<"table" | "column" | "kind">) =>
    `${table}.${column} holds no words but a ${kind}; map another column: ${column}`,
  "column.taken": ({ column }: Given<"column">) => `taken by the load: ${column}`,
  "kpi.noDirection": ({ id }: Given<"id">) => `a kpi without a direction has no score: ${id}`,
  "scorecard.missing": ({ id, has, near }: Given<"id" | "near", "has">) =>
    `no such scorecard (scorecards.yaml has ${list(has) || "none"}): ${id}${near}`,
  "scorecard.notOfEmployees": ({ id }: Given<"id">) => `a scorecard that does not judge employees: ${id}`,
  "yaml.duplicateKey": "the key stands twice in its map",
  "yaml.tab": "indented with a tab (expected spaces)",
  "yaml.indent": "the indentation does not fit, or a bracket is not closed",
  "yaml.missingSign": "a colon, comma, quote or closing bracket is missing",
  "yaml.longKey": "a key has to stand on one line, with a colon behind it",
  "yaml.keyInValue": "a key within a value (a colon in a text needs quotes around the text)",
  "yaml.blockInBrackets": "an indented block within brackets",
  "yaml.escape": "an unknown escape within double quotes",
  "yaml.unquoted": "a text cannot begin with this character without quotes",
  "yaml.alias": "an alias (*name) of nothing above it",
  "yaml.aliasCircle": "an alias (*name) of what it stands in itself",
  "yaml.tag": "an unknown tag (!name)",
  "yaml.keyNoText": "a key that is no text",
  "yaml.secondDocument": "a second document (---), expected one",
  "yaml.unexpected": "something that does not belong here",
  "yaml.invalid": "not valid YAML",
  "file.line": ({ line, wrong }: Given<"line" | "wrong">) => `line ${line}: ${wrong}`,
  "expected.kpi": ({ near }: Given<"near">) => `a kpi of kpis.yaml${near}`,
  "expected.dimension": "the value's dimension",
  "expected.valueOf": ({ dimension }: Given<"dimension">) => `a value of ${dimension}`,
  "register.forgotten": ({ initiatives, verdicts }: Given<"initiatives" | "verdicts">) =>
    `these are another company's data (of no table are half of the ids found that the build before noted): what was known of ${initiatives} initiatives, and ${verdicts} verdicts, is forgotten`,
  "register.unread":
    "what earlier builds wrote down of initiatives cannot be read; build the warehouse anew, which leaves it out and says of which",
  "register.leftOut": ({ ids }: Given<never, "ids">) =>
    `what earlier builds wrote down of these initiatives cannot be read and is left out, a verdict is given anew: ${list(ids)}`,
  "initiative.unknown": ({ id, near }: Given<"id" | "near">) => `unknown initiative ${id}${near}`,
  "expected.dimensionOf": ({ kpi, supported, near }: Given<"kpi" | "near", "supported">) =>
    `a dimension of ${kpi} (it has ${list(supported) || "none"})${near}`,
  "expected.laterDay": ({ day }: Given<"day">) => `a day after valid_from, ${day}`,
  "expected.percentage": ({ kpi }: Given<"kpi">) =>
    `a fraction or a percentage like 2.13% (${kpi} is one of %)`,
  "expected.noPercentage": ({ kpi, unit }: Given<"kpi" | "unit">) =>
    `a number in the kpi's unit, without a per cent sign (${kpi} is one of ${unit})`,
  "expected.dayWithin": ({ first, last }: Given<"first" | "last">) => `a day from ${first} to ${last}`,
  "initiative.expectsWorse": ({ id, kpi, change, more }: Given<"id" | "kpi" | "change" | "more">) =>
    `initiative ${id} expects ${change} of ${kpi}, whose other direction is the better one; was a sign forgotten?${more}`,
  "expected.higherLimit": ({ column, limit }: Given<"column" | "limit">) =>
    `a limit above the ${column}, ${limit}`,
  "expected.lowerLimit": ({ column, limit }: Given<"column" | "limit">) =>
    `a limit below the ${column}, ${limit}`,
  "expected.noOtherRow": ({ span }: Given<"span">) =>
    `no other row of its grain and scope at the same time (there is one from ${span})`,
  "expected.scorecard": ({ near, has }: Given<"near", "has">) =>
    `a scorecard of scorecards.yaml, which has ${list(has) || "none"}${near}`,
  "expected.kpiOf": ({ card, near }: Given<"card" | "near">) => `a kpi of the scorecard ${card}${near}`,
  "place.line": ({ file, line }: Given<"file" | "line">) => `${file}: line ${line}`,
  "place.row": ({ table, key }: Given<"table" | "key">) => `${table}: ${key}`,
  "row.expected": ({
    place,
    column,
    expected,
    more,
    found,
  }: Given<"place" | "column" | "expected" | "more" | "found">) =>
    `${place}: ${column}: expected ${expected}${more}: ${found}`,
  "row.more": ({ count }: Given<"count">) => ` (and ${count} more rows)`,
  "value.nothing": "nothing",
  "header.unknown": ({ known, column, near }: Given<"column" | "near", "known">) =>
    `unknown column (allowed: ${list(known)}): ${column}${near}`,
  "header.repeats": ({ column }: Given<"column">) => `a column stands twice: ${column}`,
  "header.misses": ({ names }: Given<never, "names">) => `required columns are missing: ${list(names)}`,
  "sources.tooMany": ({ count, most }: Given<"count" | "most">) =>
    `${count} sources, at most ${most} are read: files of one make are one source with a pattern, such as files: {tickets: "tickets-*.csv"}`,
  "sources.unknownTable": ({ known, near }: Given<"near", "known">) =>
    `unknown table (the contract has ${list(known)})${near}`,
  "sources.unknownColumn": ({ table, known, near }: Given<"table" | "near", "known">) =>
    `unknown column (${table} has ${list(known)}; dimensions.yaml can name more)${near}`,
  "sources.unknownFile": ({ parts, from }: Given<"from", "parts">) =>
    `unknown file name, expected one of ${list(parts)}: ${from}`,
  "sources.openFile": ({ parts }: Given<never, "parts">) =>
    `"from" or "select" has to say which of ${list(parts)} it reads`,
  "sources.unanswered": ({ place }: Given<"place">) =>
    `${place} is not answered yet: name a column of the file, or one value for all rows, like "'overall'" or "5"`,
  "sources.unmapped": ({ place, names, table, others }: Given<"place" | "table", "names" | "others">) =>
    `${place}: nothing is mapped to the required columns ${list(names)}${others.length > 0 ? ` (${table} also takes ${list(others)})` : ""}`,
  faults: ({ faults }: Given<never, "faults">) => faults.join("; "),
  "sources.noWords": ({ table, coded, near }: Given<"table" | "near", "coded">) =>
    `no column with words (${table} has ${list(coded)})${near}`,
  "sources.unknownCode": ({ codes, value, near }: Given<"value" | "near", "codes">) =>
    `not one of ${list(codes)}: ${value}${near}`,
  "sources.noDates": ({ table, dated, near }: Given<"table" | "near", "dated">) =>
    `no column of dates (${table} has ${list(dated)})${near}`,
  "preset.needs": ({ part, table, needs }: Given<"part" | "table" | "needs">) =>
    `${part} is not read as ${table}: that takes ${needs} as well`,
  "preset.leftOut": ({ part, table, columns }: Given<"part" | "table", "columns">) =>
    `${table}: ${part} has no column for ${list(columns)}`,
  "preset.lacks": ({ preset, part, columns, fields }: Given<"preset" | "part", "columns" | "fields">) =>
    `${part} lacks the columns that preset ${preset} makes ${list(columns)} of (${list(fields)}); export them, or map others beside it`,
  "preset.nothing": ({ preset, parts, objects }: Given<"preset", "parts" | "objects">) =>
    `none of the extracts is an object of preset ${preset} (it knows ${list(objects)}): ${list(parts)}`,
  "preset.unread": ({ preset, parts }: Given<"preset", "parts">) =>
    `preset ${preset} takes nothing from ${list(parts)}`,
  "cursor.anew": ({ file, rows, anew }: Given<"file" | "rows" | "anew">) =>
    `${file}: of ${rows} rows ${anew} read anew`,
  "cursor.whole": ({ file, why }: Given<"file" | "why">) => `${file}: read whole: ${why}`,
  "cursor.noKey": "there is no primary key, nor mapped columns, by which its rows could be told apart",
  "cursor.noOrder": "the cursor is neither a time nor a number",
  "cursor.columns": "its columns or their types are others than they were",
  "cursor.otherwise": "rows were deleted or changed without the cursor telling it",
  "cursor.month": ({ days }: Given<"days">) =>
    `once in ${days} days, for what the account deleted and dropped for good shows in nothing else`,
  "cursor.noSince": "the interface cannot be asked for what changed since",
  "cursor.stands": ({ column, moves }: Given<"column" | "moves">) =>
    `${column} does not move on with every change; ${moves} does`,
  "cursor.computed": ({ columns }: Given<never, "columns">) =>
    `these fields change without the cursor moving: ${list(columns)}`,
  "cursor.unfit": "its rows cannot be held against the database's, cell by cell",
  "cursor.forgotten": "persons were forgotten whom the source may have, so its rows are not kept",
  "database.noVariable": ({ variable }: Given<"variable">) =>
    `the environment variable that has to hold the database's URL is not set: ${variable}`,
  "database.badUrl": ({ variable, like }: Given<"variable" | "like">) =>
    `the variable does not hold a URL like ${like}: ${variable}`,
  "database.badMode": ({ variable, modes }: Given<"variable", "modes">) =>
    `sslmode in the variable's URL has to be one of ${list(modes)}: ${variable}`,
  "database.noCertificate": ({ variable, name }: Given<"variable" | "name">) =>
    `the file that ${name} in the variable's URL names cannot be read: ${variable}`,
  "database.unreachable": ({ variable, code }: Given<"variable" | "code">) =>
    `there is no connection to the database of ${variable} (${code})`,
  "database.unsafe": ({ variable, code }: Given<"variable" | "code">) =>
    `the connection to the database of ${variable} cannot be trusted (${code}): sslrootcert in the URL names the file of its certificate authority`,
  "database.lost": ({ variable, code }: Given<"variable" | "code">) =>
    `the connection to the database of ${variable} broke off (${code})`,
  "database.login": ({ variable }: Given<"variable">) =>
    `the database does not let in the user of ${variable}: user or password is wrong, or it may not connect from here`,
  "database.noDatabase": ({ variable }: Given<"variable">) =>
    `the server has no database of the name in ${variable}`,
  "database.noTable": ({ table }: Given<"table">) =>
    `the database has no such table or view, or its user may not know of it: ${table}`,
  "database.forbidden": ({ reason }: Given<"reason">) =>
    `the database's user has no right to select from it: ${reason}`,
  "database.refused": ({ reason }: Given<"reason">) => `the database refuses: ${reason}`,
  "database.full": ({ reason }: Given<"reason">) =>
    `the disk of the database's server is full, and has to get room before this runs again: ${reason}`,
  "database.writes": "this writes; a source is read in a transaction that cannot",
  "database.slow": ({ timeout }: Given<"timeout">) =>
    `the database gave nothing for ${timeout}; timeout in sources.yaml lets it take longer`,
  "database.noColumn": ({ columns, column }: Given<"column", "columns">) =>
    `the relation has no such column (it has ${list(columns)}): ${column}`,
  "database.zoneless": ({ name, columns }: Given<"name", "columns">) =>
    `${name}: times without a zone (${list(columns)}) are read as those of the company's time zone; time_zone in sources.yaml says another`,
  "remote.noVariable": ({ variable }: Given<"variable">) =>
    `the environment variable is not set: ${variable}`,
  "remote.badSecret": ({ variable }: Given<"variable">) =>
    `the variable holds signs that no token has (blanks, line ends, letters beyond ASCII): ${variable}`,
  "remote.noUrl": "is missing: the address of the account, like https://company.my.salesforce.com",
  "remote.badUrl":
    "expected an address like https://company.my.salesforce.com, without user, password and parameters",
  "remote.insecure": "the address has to begin with https://, so that the token is not readable on its way",
  "remote.unreachable": ({ system, code }: Given<"system" | "code">) =>
    `there is no connection to ${system} (${code})`,
  "remote.unsafe": ({ system, code }: Given<"system" | "code">) =>
    `the connection to ${system} cannot be trusted (${code}); NODE_EXTRA_CA_CERTS names the file of an authority of one's own`,
  "remote.broken": ({ system, code }: Given<"system" | "code">) =>
    `${system} failed again and again (${code}); the next build tries it anew`,
  "remote.login": ({ system, variable }: Given<"system" | "variable">) =>
    `${system} does not accept the token of ${variable}: it is wrong, expired or of another account`,
  "remote.expired": ({ system, variable }: Given<"system" | "variable">) =>
    `${system} did not accept the token of ${variable} any more while it was read; client_id_env, client_secret_env and refresh_token_env let a new one be asked for`,
  "remote.noData": ({ system }: Given<"system">) =>
    `${system} answered with something else than its data, or with half of it; does url name the account's interface?`,
  "remote.noNext": ({ system }: Given<"system">) =>
    `${system} says that there is more, but not where: what it gave so far is not all`,
  "remote.noCount": ({ system }: Given<"system">) =>
    `${system} was asked how many records there are, and its answer has no number: nothing shows that all of them come`,
  "remote.badField": ({ system, name }: Given<"system" | "name">) =>
    `${system} has a field by whose name no column can be called, for there is a NUL in it: ${name}`,
  "remote.badZone": ({ system, name }: Given<"system" | "name">) =>
    `a schedule of ${system} is in a time zone that is not known: ${name}; business_calendar in settings.yaml says the hours`,
  "remote.noSchedules": ({ system }: Given<"system">) =>
    `${system} gives no business hours; business_calendar in settings.yaml says them`,
  "remote.noSchedule": ({ name, names }: Given<"name", "names">) =>
    `the account has no such business hours, or several, or none by default (it has: ${list(names)}): ${name}`,
  "remote.emptySchedule": ({ name }: Given<"name">) =>
    `the business hours of the account have no hours: ${name}`,
  "schedule.used": ({ source, name, zone, from }: Given<"source" | "name" | "zone" | "from">) =>
    `business time goes by the hours ${name} of ${source} (${zone})${from}`,
  "schedule.fromBeginning": ", at all times, for no build has seen others",
  "schedule.from": ({ day }: Given<"day">) =>
    `, as they are since ${day}; before, as earlier builds saw them`,
  "schedule.overruled": ({ source, name }: Given<"source" | "name">) =>
    `business time goes by business_calendar in settings.yaml, not by the hours ${name} of ${source}`,
  "schedule.unread": ({ source, names }: Given<"source", "names">) =>
    `${source}: holidays that recur in a way that is not read: ${list(names)}`,
  "schedule.two": ({ sources }: Given<never, "sources">) =>
    `business_hours may stand beside one source alone: ${list(sources)}`,
  "remote.endless": ({ system }: Given<"system">) => `${system} gives page after page without an end`,
  "remote.fills": ({ system }: Given<"system">) =>
    `${system} gives more than half of what the disk still has room for`,
  "remote.slow": ({ system, timeout }: Given<"system" | "timeout">) =>
    `${system} gave nothing for ${timeout}; timeout in sources.yaml lets it take longer`,
  "remote.limited": ({ system, wait, timeout }: Given<"system" | "wait" | "timeout">) =>
    `${system} takes no more requests now and asks to wait (${wait}), longer than timeout allows (${timeout}, three times that in all)`,
  "remote.limitedStill": ({ system, times }: Given<"system" | "times">) =>
    `${system} takes no more requests: asked ${times} times, each time after the wait that it wanted, it still says so`,
  "remote.elsewhere": ({ system, host }: Given<"system" | "host">) =>
    `${system} sends to another address, where the token is not shown: ${host}`,
  "remote.noObject": ({ system, reason }: Given<"system" | "reason">) =>
    `${system} has no such object or field, or the token may not know of it: ${reason}`,
  "remote.forbidden": ({ system, reason }: Given<"system" | "reason">) =>
    `the token has no right to read it in ${system}: ${reason}`,
  "remote.refused": ({ system, reason }: Given<"system" | "reason">) => `${system} refuses: ${reason}`,
  "remote.changed": ({ file, times }: Given<"file" | "times">) =>
    `${file} changed while it was read, and was read again (${times} ×)`,
  "remote.uncounted": ({ file }: Given<"file">) =>
    `${file} is not held against a count: the interface has none`,
  "remote.near": ({ file, records, count }: Given<"file" | "records" | "count">) =>
    `${file}: ${records} records where the account counts ${count}: its count is of another time, or of fewer kinds of them`,
  "remote.tooFew": ({ file, records, count, fewer }: Given<"file" | "records" | "count" | "fewer">) =>
    `${file}: ${records} records came, but the account counts ${count}, of which at most ${fewer} may be gone since it counted`,
  "remote.doubled": ({ file, count }: Given<"file" | "count">) =>
    `${file}: ${count} × a record came once more, changed or on a further page; each is counted once, as it came last`,
  "header.titleAbove": " (a title above the header has to be taken out of the file)",
  "column.missing": ({
    place,
    file,
    title,
    near,
    name,
  }: Given<"place" | "file" | "title" | "near" | "name">) =>
    `${place}: ${file} has no such column${title}${near}: ${name}`,
  "sql.columnsOf": ({ wrong, file, columns }: Given<"wrong" | "file" | "columns">) =>
    `${wrong} (columns of ${file}: ${columns})`,
  "mapping.otherTable": ({ place, own, table }: Given<"place" | "own" | "table">) =>
    `${place}: only the source's own tables may be read${own && ` (${own})`}: ${table}`,
  "mapping.beyond": ({ place, what }: Given<"place" | "what">) =>
    `${place}: a mapping may not reach beyond its source's rows, nor depend on chance: ${what}`,
  "mapping.endless": ({ place, call, most, together }: Given<"place" | "call" | "most" | "together">) =>
    `${place}: ${call} may make a value of any length; how long is to be written out as a whole number up to ${most}, or as least(…, ${most}), a format as text, and calls within each other may make it ${together} times as long at most`,
  "sql.parameter": "a parameter",
  "extracts.seen": ({ seen }: Given<"seen">) => `there are ${seen}; `,
  "extracts.none": ({ files, tables, folder }: Given<"files" | "folder", "tables">) =>
    `no extracts found (${files}a file is read when it is named after a table of the contract, like tickets.csv, or when sources.yaml beside it says which table it feeds; the tables are ${list(tables)}); herringbone init writes a sources.yaml: ${folder}`,
  "extracts.open": ({ file }: Given<"file">) =>
    `nothing is read yet, for all sources stand behind # or are missing; answer what is asked there and take the # away, or write which file is which table: ${file}`,
  "init.about":
    "Written by herringbone init. Left of each colon stands the contract's column, right of it yours. Behind the # stands how sure it is, and why.",
  "init.aboutSure":
    "sure: heading and cells agree. likely: it is read so, look at it. unsure: it stands as a comment, and is not read.",
  "init.aboutUnsure":
    "Take the # away where a guess is right, and mend what is wrong; then: npx herringbone build --data with this folder.",
  "init.sure": "sure",
  "init.likely": "likely",
  "init.unsure": "unsure",
  "init.because": ({ certainty, reasons }: Given<"certainty", "reasons">) =>
    `${certainty}: ${reasons.join("; ")}`,
  "init.heading": "the heading says so",
  "init.headingLike": "the heading may mean it",
  "init.cells": ({ share, what }: Given<"share" | "what">) => `${share} of the filled cells are ${what}`,
  "init.truths": "yes or no",
  "init.truthWords": ({ yes, no }: Given<never, "yes" | "no">) => `${list(yes)} for yes, ${list(no)} for no`,
  "init.byCellsAlone": "the heading says nothing, the cells do",
  "init.byWords": "its cells say it, whatever its heading means",
  "init.wholes": "whole numbers",
  "init.decimals": "numbers",
  "init.times": "times",
  "init.empty": "no cell is filled",
  "init.numbers": "its cells are numbers",
  "init.fewWords": ({ distinct }: Given<"distinct">) => `different words: ${distinct}`,
  "init.manyWords": ({ distinct }: Given<"distinct">) =>
    `different texts: ${distinct}, more than words to group by`,
  "init.oneForm": "one filled-in form, whose answers stand in several columns",
  "init.answerOfForm": "the form's id and what was asked for",
  "init.belowHeadings": "the rows below the headings repeat them",
  "init.takeOne":
    "Which of the two it is, you know: take the # and the blank behind it away from each line of that one.",
  "init.tooWide": ({ columns, most }: Given<"columns" | "most">) =>
    `it has ${columns} columns, and init looks at ${most} at most; name the columns that are needed in sources.yaml, or export these alone`,
  "init.nameIsKey": "the file has no ids, and others go by these names",
  "init.running": "the running number that a form gives what is sent in",
  "init.unique": "no value stands twice",
  "init.nearlyUnique": "few values stand twice",
  "init.notUnique": "values stand in several rows",
  "init.epoch": "its numbers count from 1970",
  "init.words": ({ known, of }: Given<"known" | "of">) => `words known: ${known} of ${of}`,
  "init.rival": ({ other }: Given<"other">) => `the column ${other} may be it as well`,
  "init.twoNames": "first and last name stand in two columns",
  "init.byPreset": "names and columns of these files are this system's",
  "init.presetTables": ({ tables }: Given<never, "tables">) =>
    `The preset says which columns are read: ${list(tables)}`,
  "init.presetFeeds": ({ table }: Given<"table">) =>
    `like ${table}, which the preset reads from another file`,
  "init.oneLine": "an order stands in one row",
  "init.numbered": "orders have several rows and no line numbers, so they are numbered as they stand",
  "init.codes": "its values look like ids",
  "init.mayBeNames": "its values may be names, not ids",
  "init.spelling": "the files write ids in different spellings, which this makes one",
  "init.lineNumbers": "it counts the lines of each order",
  "init.idOfParts": ({ columns }: Given<never, "columns">) =>
    `no column is an id: ${list(columns)} together tell the rows apart`,
  "init.joins": ({ share, table }: Given<"share" | "table">) => `${share} of its values are ids of ${table}`,
  "init.offset": "times with an offset from UTC",
  "init.dayOfTime": "the day of a time, as it is written",
  "init.dayIn": ({ zone }: Given<"zone">) => `the day in ${zone} of a time that says its offset`,
  "init.dayOfEpoch": ({ zone }: Given<"zone">) => `the day in ${zone} of the moment`,
  "init.republicYears": "its years are counted from 1912",
  "init.valuesMeant": "what these words are taken for: look at it",
  "init.tooManyUnknown": ({ share }: Given<"share">) =>
    `a build would refuse ${share} of the rows for words that it does not know`,
  "init.sameWords": ({ other }: Given<"other">) =>
    `it has the words of ${other}, as no other column that is left`,
  "init.onlyReference": ({ table }: Given<"table">) =>
    `the values are ids of ${table}, as no other column's are that is left`,
  "init.onlyOne": "no other column that is left can be it",
  "init.referred": "others refer to its values",
  "init.orderTotal": ({ share }: Given<"share">) =>
    `in ${share} of the orders it is the same in all lines: it is the order's, not the line's`,
  "init.sameDay": ({ share }: Given<"share">) => `in ${share} of the rows both are of one day`,
  "init.lineAmount": "it differs from line to line, as an amount of a line does",
  "init.noStatus": ({ table }: Given<"table">) =>
    `like ${table}, but nothing in it says that customers were lost or came back`,
  "init.noDates": ({ share }: Given<"share">) =>
    `only ${share} of the filled cells are written as days or times that are known`,
  "init.currencies": ({ currencies }: Given<never, "currencies">) =>
    `amounts of several currencies: ${list(currencies)}`,
  "init.idLength": ({ share, length }: Given<"share" | "length">) =>
    `with ${length} characters, as the other file has them, ${share} are its ids`,
  "init.wonOrLost": ({ other }: Given<"other">) => `won deals have it, lost ones have ${other}`,
  "init.wonOnly": "only deals that were won have it",
  "init.netOfTotal": ({ columns }: Given<never, "columns">) =>
    `the total may have ${list(columns)} in it, this has not`,
  "init.grossTotal": ({ columns }: Given<never, "columns">) => `it may have ${list(columns)} in it`,
  "init.ofCustomers": ({ table, column }: Given<"table" | "column">) =>
    `like ${table}, but ${column} names a customer of each row, and ${table} are no customer's`,
  "init.formats": ({ share, formats }: Given<"share", "formats">) =>
    `${share} of the filled cells are written as ${formats.join(" or ")}`,
  "init.dayOrMonth": ({ one, other }: Given<"one" | "other">) =>
    `every cell fits "${one}" and "${other}"; say which in date_formats`,
  "init.otherDates": "the folder's other dates show the order",
  "init.inUnits": ({ unit, times }: Given<"unit" | "times">) => `the heading says ${unit}, so times ${times}`,
  "init.perYear": "the heading says a year, so the twelfth of it",
  "init.unit": ({ unit }: Given<"unit">) => `the heading says ${unit}`,
  "init.inParts": ({ unit, parts }: Given<"unit" | "parts">) =>
    `the heading says ${unit}, so divided by ${parts}`,
  "init.openDecimal":
    "12.400 may be twelve thousand or twelve and a bit, and nothing in the file tells which",
  "init.byDates":
    "all numbers are like 12.400, and the days or headings are written as where that is twelve thousand",
  "init.askedDecimal":
    "Numbers here may be read with either decimal mark. Take the # away where the comma is it (12.400 is twelve thousand), and move the amounts under columns:",
  "init.zoneOfHeadings": "the headings of its times say so",
  "init.otherZone": ({ zone }: Given<"zone">) => `the heading says ${zone}, and a source has one time zone`,
  "init.noZone": ({ zone }: Given<"zone">) =>
    `other headings of the file say ${zone}, this one does not say of which zone its times are`,
  "init.leftOutRows": ({ column, words }: Given<"column", "words">) =>
    `${column} says of rows that they do not count (${words.join(", ")})`,
  "init.leftOutFilled": ({ column }: Given<"column">) =>
    `rows in which ${column} is filled do not count any more`,
  "init.openToo":
    "it is filled in deals, too, that are still open: there it is when they are thought to be closed",
  "init.byBytes": "its bytes show it",
  "init.byHeader": "its header shows it",
  "init.byCells": "cells like 12,50 show it",
  "init.headingsRow": ({ row }: Given<"row">) => `the headings seem to stand in row ${row}`,
  "init.askedEncoding":
    "The bytes do not tell the encoding. The guesses below hold if it is this one; take the # away, or name another:",
  "init.unsureLines": "Not sure enough to be read; take the # away from what is right:",
  "init.unknownWords": ({ column, words }: Given<"column", "words">) =>
    `Words of ${column} that are not known (${words.join(", ")}); say what they mean, and take the # away:`,
  "init.unmapped": ({ columns }: Given<"columns">) => `Not mapped: ${columns}`,
  "init.more": ({ count }: Given<"count">) => `and ${count} more`,
  "init.idle": "No table is read from these:",
  "init.likeNone": "its columns are like those of no table",
  "init.likeLacks": ({ table, lacking }: Given<"table", "lacking">) =>
    `like ${table}, but nothing in it is ${list(lacking)}`,
  "init.surveyOfTickets": "the answers name tickets",
  "init.surveyPeriodic":
    "the answers name no tickets; complaint_resolution or after_sales, if it is one of these",
  "init.askedFor": ({ heading }: Given<"heading">) => `as ${heading} is headed`,
  "init.calledSo": ({ name }: Given<"name">) => `as ${name} is called`,
  "init.scaleOfPromoters": "scores from 0 to 10, as those who are asked whether they recommend give them",
  "init.scaleNamed": "the heading of the scores says so",
  "init.scaleSeen": ({ least, most }: Given<"least" | "most">) =>
    `the scores lie between ${least} and ${most}`,
  "init.waiting":
    "Read once it is complete: answer what it asks, then take the # and the blank behind it away from each of these lines.",
  "init.asks": ({ table, lacking }: Given<"table", "lacking">) =>
    `A build asks for ${list(lacking)} of ${table}, which no column is headed as; name a column, or one value for all rows (like "'overall'" or "5"), and take the # away:`,
  "init.candidate": ({ column, source, samples }: Given<"column" | "source", "samples">) =>
    `By its cells (${list(samples)}) ${column} may be the column ${source}.`,
  "init.maybe": ({ table }: Given<"table">) =>
    `it may be ${table}, but neither its name nor its headings say so`,
  "init.bought": ({ table, column }: Given<"table" | "column">) =>
    `like ${table}, but with ${JSON.stringify(column)} and no customer: what is bought or used, not what is sold`,
  "init.either": ({ one, other, by, otherBy }: Given<"one" | "other", "by" | "otherBy">) =>
    `it may be ${one} (${by.join(", ")}) or ${other} (${otherBy.join(", ")}), and nothing tells which; say in sources.yaml what it is`,
  "init.keyRepeats": ({ table, column }: Given<"table" | "column">) =>
    `like ${table}, but values of ${column} stand in several rows, so its rows are something of ${table}, not ${table} themselves`,
  "init.idsOf": ({ table, column, other }: Given<"table" | "column" | "other">) =>
    `like ${table}, but the ids in ${column} are those of ${other}, so its rows are something of ${other}`,
  "init.ofEmployees": ({ table, column }: Given<"table" | "column">) =>
    `like ${table}, but ${column} names employees and nothing names customers: it may be a review of colleagues (reviews_360)`,
  "init.waits": ({ table, columns }: Given<"table", "columns">) =>
    `${table} is read once ${list(columns)} is said; sources.yaml asks for it`,
  "init.asksUnsure": ({ table, columns }: Given<"table", "columns">) =>
    `A build needs ${list(columns)} of ${table}, whose guess above is unsure: take its # away if it is right, or write what is:`,
  "init.order": ({ share, before, after }: Given<"share" | "before" | "after">) =>
    `${before} is not after ${after} in only ${share} of the rows`,
  "init.toCome": ({ rows }: Given<"rows">) => `${rows} rows have a day to come: planned, not done`,
  "init.repeats": ({ table, other }: Given<"table" | "other">) =>
    `like ${table}, but its rows are those of ${other}: another state of them, or something of theirs`,
  "init.aside": ({ table, word }: Given<"table" | "word">) =>
    `like ${table}, but “${word}” in its name says that these are not its ordinary rows; where they are, say in sources.yaml that it is read`,
  "init.noRows": "it has no rows",
  "init.declared": ({ table }: Given<"table">) => `a foreign key of the database leads to ${table}`,
  "init.aboutRows": ({ count }: Given<"count">) => `rows: about ${count}`,
  "init.cursorIndexed": ({ column }: Given<"column">) =>
    `if every change moves ${column} on, cursor: ${column} lets the next build read what changed alone`,
  "init.cursorPlain": ({ column }: Given<"column">) =>
    `if every change moves ${column} on, cursor: ${column} lets the next build read what changed alone (no index begins with it, so the database looks through the table once more)`,
  "init.askedZone": ({ columns }: Given<never, "columns">) =>
    `Times without a zone (${list(columns)}) are read as those of the company's time zone. Where the database's clock stands in another, as most do in UTC, take this # away:`,
  "init.nothingThere": ({ variable }: Given<"variable">) =>
    `there is nothing that the user of ${variable} may see: grant select on the tables that are to be read`,
  "init.urlGiven":
    "a URL does not stand on the command line, where others may read its password: it belongs into a variable, DATABASE_URL or the one that --env begins, and --database takes the kind (postgres, mysql)",
  "init.badEnv": "--env takes how the names of variables begin: --env CRM for CRM_URL",
  "init.envAlone": "--env says where a database or an account is; say which, too: --database or --account",
  "init.notes": ({ notes }: Given<never, "notes">) => notes.join("; "),
  "init.primaryKey": "the database's primary key",
  "init.ownObject": "an object of your own: name it under relations:, and map it by a select or by columns",
  "init.accountCursor": ({ cursor }: Given<"cursor">) =>
    `cursor: ${cursor} lets the next build read what changed alone`,
  "init.ownFields": ({ part }: Given<"part">) =>
    `Fields of your own in ${part}, none of which is read; what a table lacks may be among them:`,
  "init.presetWords": ({ words }: Given<never, "words">) =>
    `Words that the preset does not know, with the records looked at that have them (${list(words)}); say what they mean in a line beside relations:`,
  "init.byAccount": "the account is of this system",
  "init.noObject": "the account has no such object, or the token may not know of it",
  "init.presetIdle": "the preset takes nothing from it",
  "init.slow": ({ seconds }: Given<"seconds">) => `it gave nothing for ${seconds} s`,
  "init.tooManyTables": ({ most }: Given<"most">) => `it was not looked at: the first ${most} tables are`,
  "init.noSheet": "no sheet that is not hidden has anything in it",
  "init.exists": ({ file }: Given<"file">) =>
    `there is one already, and it is not overwritten; with --force it is kept as .bak and written anew: ${file}`,
  "init.nothing": ({ folder }: Given<"folder">) =>
    `no file to look at (CSV, TSV, JSON, Parquet and Excel workbooks, packed or not): ${folder}`,
  "init.problems":
    "The problems that a company looks for causes of, and their possible causes; data/catalog/fishbones.yaml of the program shows how one is written.",
  "init.link": ({ path }: Given<"path">) =>
    `a symbolic link is not written through; put a folder or file of its own there, or take it away: ${path}`,
  "init.settings": "Guessed by herringbone init; every other setting has its default.",
  "init.asAsked": "as --lang says",
  "init.byHeadings": "as the headings are written",
  "init.traditional":
    "likely: Taiwan's, as the headings are in traditional characters; of Hong Kong they are Asia/Hong_Kong and HKD",
  "init.machineZone": "this machine's; times without an offset are of it",
  "init.byAmounts": "as amounts, headings or a column of currencies say",
  "init.noCurrency":
    "Nothing in the files says the currency. Until a line like this does, amounts are called CNY:",
  "init.vocabulary":
    "What words mean, beside those that are known already. Open columns take any word; give labels to those that both languages shall name.",
  "init.vocabularyLines": "These stand in the files. Take the # away from what you fill in.",
  "init.rows": ({ count }: Given<"count">) => `rows: ${count}`,
  "init.file": "file",
  "init.table": "table",
  "init.others": "not mapped",
  "init.written": ({ file }: Given<"file">) => `written: ${file}`,
  "init.files": ({ count }: Given<"count">) => `and ${Number(count) - 1} more of its kind`,
  "init.fileAsks": ({ file, why }: Given<"file" | "why">) => `${file}: ${why}`,
  "init.confirmEncoding": ({ file, encoding }: Given<"file" | "encoding">) =>
    `${file}: its bytes do not tell its encoding: say so in sources.yaml if it is ${encoding}, or which it is, before you build`,
  "init.foreign": "files of this kind are not read: export its tables as CSV, XLSX or Parquet",
  "init.packed": "archives of this kind are not opened: unpack it, or pack it as .zip or .gz",
  "init.notRead": ({ file, why }: Given<"file" | "why">) => `not read: ${file}: ${why}`,
  "init.moreNotRead": ({ count }: Given<"count">) => `not read: ${count} more files; sources.yaml lists them`,
  "init.noTable": "no table was recognised: say in sources.yaml which file is which",
  "init.next": ({ folder }: Given<"folder">) =>
    `look at what it says is likely or unsure, then: npx herringbone build --data ${folder}`,
  "doubt.mixed_line_ends": "mixed line ends",
  "doubt.blank_lines_in_a_single_column": "blank lines in a single column",
  "doubt.surplus_empty_cells": "surplus empty cells",
  "doubt.quotes_in_a_single_column": "quotes in a single column",
  "doubt.refused_records_of_several_lines": "refused records of several lines",
  "doubt.loose_quotes": "loose quotes",
  "doubt.broken_quoting": "broken quoting",
  "doubt.line_too_long": "line too long",
  "doubt.bad_encoding": "bad encoding",
  "doubt.nul_byte": "nul byte",
  "doubt.repeated_header": "repeated header",
  "doubt.far_too_many_fields": "far too many fields",
  "doubt.reader_and_byte_pass_disagreed": "reader and byte pass disagreed",
  "load.ofSource": ({ source }: Given<"source">) => ` of ${source}`,
  "load.beyond": ({ table, share, of, limit }: Given<"table" | "share" | "of" | "limit">) =>
    `${table}: ${share} of the rows${of}, where max_quarantine_share allows ${limit}`,
  "load.readAs": ({ file, encoding, guess }: Given<"file" | "encoding" | "guess">) =>
    `${file}: read as ${encoding}${guess}`,
  "load.otherCount": ({ file, inserted, counted }: Given<"file" | "inserted" | "counted">) =>
    `the reader gave ${inserted} rows, but ${counted} were counted: ${file}`,
  "encoding.sure": ' (told by its bytes, certain; "encoding:" in sources.yaml overrules it)',
  "encoding.likely": ' (told by its bytes, likely; "encoding:" in sources.yaml settles it)',
  "load.copied": ({ file, doubts }: Given<"file", "doubts">) =>
    `${file}: read from a copy of its sound records, because of ${list(doubts)}`,
  "asOf.cutOff": ({ count, column }: Given<"count" | "column">) =>
    `${count} times of ${column} lie beyond the data date and are not counted`,
  "asOf.oneCutOff": ({ count, column }: Given<"count" | "column">) =>
    `${count} time of ${column} lies beyond the data date and is not counted`,
  "contract.name": ({ name }: Given<"name" | "chinese">) => `${name}`,
  "references.alike": ({ joined }: Given<"joined">) =>
    `; written alike (without .0, leading zeros or ="…") ${joined} of them would be found: map them so`,
  "references.lost": ({
    column,
    unmatched,
    total,
    target,
    examples,
    keys,
    fold,
  }: Given<"column" | "unmatched" | "total" | "target" | "fold", "examples" | "keys">) =>
    `${column}: ${unmatched} of ${total} references find nothing in ${target}: ${list(examples)}, where ${target} has ${list(keys)}${fold}`,
  "load.tooManyBroken": ({ faults }: Given<never, "faults">) =>
    `too many rows break the contract: ${faults.join("; ")}`,
  "load.referencesLost": ({ faults }: Given<never, "faults">) =>
    `most references of a column find nothing: ${faults.join("; ")}`,
  "drift.blocked": ({ faults }: Given<never, "faults">) =>
    `sources are not as expected, and "block" stops the build for it; the build before stays: ${faults.join("; ")}. To build all the same, once: --accept-drift`,
  "drift.tableOf": ({ table, source }: Given<"table" | "source">) => `${table} of ${source}`,
  "drift.undated": ({ where, expected }: Given<"where" | "expected">) => `${where}: no dated row${expected}`,
  "drift.dayOld": ({ where, newest, age, expected }: Given<"where" | "newest" | "age" | "expected">) =>
    `${where}: newest day ${newest}, ${age} day old${expected}`,
  "drift.daysOld": ({ where, newest, age, expected }: Given<"where" | "newest" | "age" | "expected">) =>
    `${where}: newest day ${newest}, ${age} days old${expected}`,
  "drift.inTime": ({ every }: Given<"every">) => `, expected every ${every}`,
  "drift.lateDay": ({ every, late }: Given<"every" | "late">) =>
    `, expected every ${every}: LATE by ${late} day`,
  "drift.lateDays": ({ every, late }: Given<"every" | "late">) =>
    `, expected every ${every}: LATE by ${late} days`,
  "drift.missing": ({ every }: Given<"every">) => `, expected every ${every}: LATE`,
  "drift.lateFiles": ({ source, at, every }: Given<"source" | "at" | "every">) =>
    `${source}: newest file written ${at}, expected every ${every}: LATE`,
  "drift.volume": ({
    where,
    gained,
    usual,
    builds,
    z,
  }: Given<"where" | "gained" | "usual" | "builds" | "z">) =>
    `${where}: ${gained} rows since the build before, usual is ${usual} (${builds} builds, ${z})`,
  "drift.nulls": ({ where, share, usual, builds, z }: Given<"where" | "share" | "usual" | "builds" | "z">) =>
    `${where}: ${share} of the cells are empty, usual is ${usual} (${builds} builds, ${z})`,
  "drift.z": ({ z }: Given<"z">) => `robust z ${z}`,
  "drift.neverChanged": "all alike",
  "drift.came": ({ where, title, read }: Given<"where" | "title" | "read">) =>
    `${where}: a title "${title}" came${read}`,
  "drift.went": ({ where, title, read }: Given<"where" | "title" | "read">) =>
    `${where}: the title "${title}" went${read}`,
  "drift.replaced": ({ where, title, instead, read }: Given<"where" | "title" | "instead" | "read">) =>
    `${where}: the title "${instead}" stands where "${title}" stood${read}`,
  "drift.reordered": ({ where }: Given<"where">) => `${where}: the titles stand in another order`,
  "drift.gone": ({ where }: Given<"where">) => `${where}: is not read any more`,
  "drift.read": ({ columns }: Given<never, "columns">) => `; mapped to ${list(columns)}`,
  "drift.unread": "; no column is mapped to it",
  "drift.known": ({ known }: Given<"known">) => `held against the ${known} builds before`,
  "drift.tooFew": ({ known, needed }: Given<"known" | "needed">) =>
    `too few builds to say what is usual (${known} known, ${needed} needed)`,
  "drift.nothing": ({ known }: Given<"known">) =>
    `Sources: nothing late, nothing unusual; rows and empty cells: ${known}.`,
  "drift.brief": ({
    late,
    volume,
    nulls,
    schema,
    known,
  }: Given<"late" | "volume" | "nulls" | "schema" | "known">) =>
    `Sources: late ${late}, unusual numbers of rows ${volume}, unusual shares of empty cells ${nulls}, changed titles ${schema}; rows and empty cells: ${known}. The site and check name them.`,
  "cube.step": ({ ids }: Given<"ids">) => `cube: ${ids}`,
  "percentiles.step": ({ ids }: Given<"ids">) => `percentiles: ${ids}`,
  either: ({ names }: Given<never, "names">) => names.join(" or "),
  "kpis.withoutData": ({ without, all, lacked }: Given<"without" | "all", "lacked">) =>
    `${without} of ${all} KPIs lack a table, a column or a kind of row: ${list(lacked)}; "herringbone check" lists all that have no data, those too that have no case yet`,
  "reviews.later": ({ round, answers }: Given<"round" | "answers">) =>
    `360° round of ${round}: ${answers} later answers are not counted in the figures already shown`,
  "reviews.oneLater": ({ round, answers }: Given<"round" | "answers">) =>
    `360° round of ${round}: ${answers} later answer is not counted in the figures already shown`,
  "scorecard.otherSubjects": ({ card, subjects, kind }: Given<"card" | "kind", "subjects">) =>
    `${card} is not for this (it is for ${list(subjects)}): ${kind}`,
  "scorecard.none": "no scorecard",
  "encoding.asGb18030": ({ example }: Given<"example">) => ` (as GB18030 it would say ${example})`,
  "encoding.unclear": ({ would, file }: Given<"would" | "file">) =>
    `this text is no UTF-8, and which encoding it is cannot be told from its bytes${would}; set "encoding:" of its source in sources.yaml, for example windows-1252, gb18030, big5, shift_jis or euc-kr: ${file}`,
  "browser.installing": ({ name }: Given<"name">) => `no browser found, installing one: ${name}`,
  "browser.tried": ({ name, why }: Given<"name" | "why">) => `  ${name}: ${why}\n`,
  "browser.none": ({ tried, install, naming }: Given<"install" | "naming", "tried">) =>
    `no browser for the PDF, and none could be installed\n${tried.join("")}${install}\nor name one with: ${naming}`,
  "browser.installWith": ({ command }: Given<"command">) => `install one with: ${command}`,
  "browser.install": "install Chrome, Chromium or Edge",
  "warehouse.otherTables": ({ tables }: Given<never, "tables">) =>
    `this warehouse has tables that no build made (${list(tables)}), and a build would replace it; move them into a database of their own, or name another file with --warehouse`,
  "preview.ended": ({ why }: Given<"why">) => `the preview ended by itself (${why})`,
  "exit.code": ({ code }: Given<"code">) => `code ${code}`,
  "machine.full": "the disk is full",
  "machine.fileLimit":
    "a file would be larger than may be written here (ulimit -f, or the file system), raise that limit or choose another place",
  "machine.readOnly": "the file system is read-only",
  "machine.forbidden": "missing permission",
  "machine.noFolder": "a folder is needed where a file is",
  "machine.noFile": "a file is needed where a folder is",
  "machine.openFiles": "too many open files, raise ulimit -n",
  "machine.longName": "the name is too long",
  "machine.linkCircle": "links lead in a circle",
  "machine.diskError": "the disk does not work",
  "machine.busy": "it is in use",
  "machine.noPlace": "no folder can be made there (it is read-only, or a link leads nowhere)",
  "machine.gone": "it is not there any more",
  "machine.memory": "not enough memory or temporary disk space",
  "machine.at": ({ what, place }: Given<"what" | "place">) => `${what}: ${place}`,
  "output.insideFile": ({ option, above }: Given<"option" | "above">) =>
    `${option} lies in something that is no folder (${above})`,
  "output.noFolder": ({ option }: Given<"option">) => `${option} has to be a folder, this is none`,
  "output.noFile": ({ option }: Given<"option">) => `${option} has to be a file, this is none`,
  "output.refused": ({ why, place }: Given<"why" | "place">) => `${why}: ${place}`,
  "output.brokenLink": ({ option }: Given<"option">) => `${option} is a link that leads nowhere`,
  "hint.values": ({ table, line, or }: Given<"table" | "line" | "or", "labels">) =>
    `say in sources.yaml, beside columns: of ${table}, what they are: ${line}${or}`,
  "hint.spellings": ({ spellings }: Given<"spellings">) =>
    `; or, for every source, in vocabulary.yaml beside it: ${spellings}`,
  "hint.dates": ({ table, line, order }: Given<"table" | "line" | "order">) =>
    `say in sources.yaml, beside columns: of ${table}, how they are written: ${line}${order}`,
  "hint.dayFirst": " (or %m before %d, as your system writes them)",
  "score.bandsFall": ({ better, limit }: Given<"better" | "limit">) =>
    `bands: expected the best limit first, going down: ${better}, ${limit}`,
  "score.bandsRise": ({ better, limit }: Given<"better" | "limit">) =>
    `bands: expected the best limit first, going up: ${better}, ${limit}`,
  "asOf.invalid": ({ text }: Given<"text">) =>
    `--as-of takes a day (2026-06-30) or an instant (2026-06-30T18:00:00+08:00): ${text}`,
  "asOf.none": "no row with a time of its own to take the date of the data from; give --as-of",
  "assessment.noScorecards": "no quantitative part: scorecards is empty in assessment.yaml",
  "attempt.invalid": ({ file }: Given<"file">) => `no report of a build: ${file}`,
  "browser.chromeForTesting": "Chrome for Testing (needs the internet)",
  "browser.chromiumPackage": "the npm package @sparticuz/chromium",
  "browser.ended": ({ url }: Given<"url">) =>
    `the browser ended while it printed; was it killed, or is memory short? ${url}`,
  "browser.namedMissing": ({ path }: Given<"path">) => `PUPPETEER_EXECUTABLE_PATH names no program: ${path}`,
  "browser.noSandbox": "the browser's sandbox is forbidden on this machine, starting without it",
  "browser.noStart": ({ path, reason }: Given<"path", "reason">) =>
    `the browser does not start: ${path}\n${reason.join("\n")}`,
  "browser.startsNot": "installed, but it does not start",
  "browser.tooOld": ({ oldest, version }: Given<"oldest" | "version">) =>
    `the browser is too old to print headers and footers, ${oldest} is needed: ${version}`,
  "browser.unreachable": "its download server can't be reached",
  "build.done": ({ build, day, from }: Given<"build" | "day" | "from">) =>
    `build ${build}, data to ${day} (${from})`,
  "cache.noFolder": ({ path }: Given<"path">) => `${path} is no folder, but a link or a file`,
  "build.notKept": ({ why }: Given<"why">) =>
    `nothing more was kept for quicker builds, the next one reads it anew: ${why}`,
  "build.taken": ({ files, ofFiles, months, ofMonths }: Given<"files" | "ofFiles" | "months" | "ofMonths">) =>
    `as an earlier build had them: ${files} of ${ofFiles} large files, ${months} of ${ofMonths} months of the cubes`,
  "build.write": "write",
  "catalogue.missing": ({ folder }: Given<"folder">) => `no such catalogue folder: ${folder}`,
  "catalogueFile.missing": ({ file }: Given<"file">) => `no such catalogue file: ${file}`,
  "csv.binary": ({ file }: Given<"file">) => `not a CSV text but binary data: ${file}`,
  "csv.brokenHeader": ({ bytes, file }: Given<"bytes" | "file">) =>
    `the header's quoting is broken or it is longer than ${bytes} bytes: ${file}`,
  "csv.changed": ({ file }: Given<"file">) =>
    `the file changed while it was read, build again when it is written to its end: ${file}`,
  "csv.empty": ({ file }: Given<"file">) => `empty file, expected a header line: ${file}`,
  "csv.noLineEnd": ({ bytes, file }: Given<"bytes" | "file">) =>
    `no line end within ${bytes} bytes, is this a CSV file: ${file}`,
  "format.zip": "a zip archive or an Excel workbook",
  "format.gzip": "a gzip archive (name it .csv.gz)",
  "format.oldExcel": "an old Excel workbook",
  "format.pdf": "a PDF",
  "format.png": "a PNG picture",
  "format.jpeg": "a JPEG picture",
  "format.gif": "a GIF picture",
  "format.parquet": "a Parquet file",
  "format.sqlite": "a SQLite database",
  "format.program": "a program",
  "csv.otherFormat": ({ format, file }: Given<"format" | "file">) => `not a CSV text but ${format}: ${file}`,
  "csv.utf16": ({ file }: Given<"file">) =>
    `looks like UTF-16 text, set "encoding" in sources.yaml or save as UTF-8: ${file}`,
  "xlsx.damaged": ({ file, reason }: Given<"file" | "reason">) =>
    `the workbook is damaged or cut off (${reason}); get it again, or open it in Excel and save it anew: ${file}`,
  "xlsx.otherFormat": ({ file, format }: Given<"file" | "format">) =>
    `not a workbook that can be read but ${format}: ${file}`,
  "format.lockedExcel": "one with a password (save it without)",
  "format.savedOld": "one of old Excel, .xls (open it in Excel and save it as .xlsx)",
  "format.xlsb": "a binary one, .xlsb (open it in Excel and save it as .xlsx)",
  "format.ods": "an OpenDocument sheet, .ods (save it as .xlsx)",
  "format.noExcel": "something else (expected an Excel workbook, .xlsx)",
  "xlsx.empty": ({ file }: Given<"file">) => `no sheet has anything in it: ${file}`,
  "xlsx.onlyHidden": ({ file, sheets }: Given<"file", "sheets">) =>
    `only hidden sheets may have anything in them (${list(sheets)}); name one in sources.yaml, files: {…: {file, sheet}}: ${file}`,
  "xlsx.tooLarge": ({ file, what }: Given<"file" | "what">) =>
    `more than a workbook of Excel holds, ${what}: ${file}`,
  "xlsx.bytes": ({ part, bytes, packed }: Given<"part" | "bytes" | "packed">) =>
    `${part} unpacks from ${packed} to ${bytes} bytes`,
  "xlsx.rows": ({ most }: Given<"most">) => `a sheet of more than ${most} rows`,
  "xlsx.columns": ({ most }: Given<"most">) => `a sheet of more than ${most} columns`,
  "xlsx.text": ({ most }: Given<"most">) => `a text or row of more than ${most} characters`,
  "xlsx.strings": ({ most }: Given<"most">) => `more than ${most} texts`,
  "xlsx.depth": ({ most }: Given<"most">) => `more than ${most} elements within each other`,
  "xlsx.parts": ({ most }: Given<"most">) => `more than ${most} parts`,
  "xlsx.allParts": "all of it",
  "xlsx.merges": ({ most }: Given<"most">) => `more than ${most} merged cells`,
  "xlsx.noSheet": ({ file, sheet, sheets }: Given<"file" | "sheet", "sheets">) =>
    `there is no sheet ${sheet}, but ${list(sheets)}: ${file}`,
  "xlsx.severalSheets": ({ file, sheets }: Given<"file", "sheets">) =>
    `several sheets have the columns (${list(sheets)}); name one in sources.yaml, files: {…: {file, sheet}}: ${file}`,
  "xlsx.whichSheet": ({ file, sheets }: Given<"file", "sheets">) =>
    `no sheet has the columns that are looked for, and several have rows (${list(sheets)}); name one in sources.yaml, files: {…: {file, sheet}}: ${file}`,
  "xlsx.noHeadings": ({ file, row }: Given<"file" | "row">) => `row ${row} has no headings: ${file}`,
  "xlsx.found": ({ file, sheet, row }: Given<"file" | "sheet" | "row">) =>
    `${file}: read from sheet ${sheet}, headings in row ${row}`,
  "xlsx.otherSheets": ({ file, sheets }: Given<"file", "sheets">) =>
    `${file}: sheets not read: ${list(sheets)}`,
  "xlsx.hiddenSheets": ({ file, sheets }: Given<"file", "sheets">) =>
    `${file}: hidden sheets, which are read only where sources.yaml names them: ${list(sheets)}`,
  "xlsx.hiddenSheet": ({ file, sheet }: Given<"file" | "sheet">) =>
    `${file}: sheet ${sheet} is hidden, and read`,
  "xlsx.hiddenRows": ({ file, count }: Given<"file" | "count">) =>
    `${file}: hidden rows, read like all others: ${count}`,
  "xlsx.hiddenColumns": ({ file, columns }: Given<"file", "columns">) =>
    `${file}: hidden columns, read like all others: ${list(columns)}`,
  "xlsx.merged": ({ file, count }: Given<"file" | "count">) =>
    `${file}: cells that have the value of the merged cell over them: ${count}`,
  "xlsx.beside": ({ file, count, from, to }: Given<"file" | "count" | "from" | "to">) =>
    `${file}: cells outside the columns with headings (${from}–${to}), not read: ${count}`,
  "xlsx.errors": ({ file, count, cell, text }: Given<"file" | "count" | "cell" | "text">) =>
    `${file}: cells whose formula has an error: ${count}, the first ${cell} (${text}); #N/A is read as nothing, any other where a value is needed has its row refused`,
  "xlsx.uncalculated": ({ file, count }: Given<"file" | "count">) =>
    `${file}: formulas that were never calculated: ${count}; open it in Excel and save it, or their rows are refused`,
  "xlsx.cutTimes": ({ file, count }: Given<"file" | "count">) =>
    `${file}: days whose time of day their cell's format does not show, read as days: ${count}`,
  "dev.built": ({ build }: Given<"build">) => `build ${build}`,
  "dimension.twice": ({ names }: Given<"names">) => `a dimension is asked for twice: ${names}`,
  "dimension.unknown": ({ name, near, names }: Given<"name" | "near", "names">) =>
    `unknown dimension (there are ${list(names)}): ${name}${near}`,
  "dimensions.noSource": ({ table, column }: Given<"table" | "column">) =>
    `no source of ${table} gives the column: ${column}`,
  "dimensions.notTogether": ({ names }: Given<never, "names">) =>
    `no kpi has these dimensions together: ${list(names)}`,
  "doctor.at": ({ version, path }: Given<"version" | "path">) => `${version} at ${path}`,
  "doctor.browser": "browser",
  "doctor.browserComes": "nothing to do; or install Chrome, Chromium or Edge yourself",
  "doctor.build": "run: npx herringbone build",
  "doctor.buildAnew": ({ path }: Given<"path">) => `delete it and build anew: ${path}`,
  "doctor.built": ({ build, day }: Given<"build" | "day">) => `build ${build}, data to ${day}`,
  "doctor.correct": "correct what it names",
  "doctor.disk": "disk",
  "doctor.extracts": "extracts",
  "doctor.findings": ({ count }: Given<"count">) => `findings to mend: ${count}`,
  "doctor.fontSlices": ({ slices }: Given<"slices">) => `Noto Sans SC, ${slices} slices`,
  "doctor.fonts": "fonts",
  "doctor.fontsEmpty": "Noto Sans SC has no files",
  "doctor.fontsMissing": "Noto Sans SC is not installed",
  "doctor.freeRoom": "free at least 1 GB: a build writes the new warehouse beside the current one",
  "doctor.installDuckDb": "run: npm ci (the binding is an optional package; --omit=optional leaves it out)",
  "doctor.installFonts": "run: npm ci",
  "doctor.installNode": "install Node 20.19 or newer, then run: npm ci",
  "doctor.lacks": ({ version, missing }: Given<"version", "missing">) =>
    `${version} without ${list(missing)}`,
  "doctor.loadFails": ({ reason }: Given<"reason">) => `does not load: ${reason}`,
  "doctor.namedBrowser": "unset PUPPETEER_EXECUTABLE_PATH, or mend it",
  "doctor.newerBrowser": ({ oldest }: Given<"oldest">) =>
    `install Chromium ${oldest} or newer, or name one in PUPPETEER_EXECUTABLE_PATH`,
  "doctor.noBrowser": "none, the first export installs one",
  "doctor.notBuilt": "not built yet",
  "doctor.oldBrowser": ({ version, path }: Given<"version" | "path">) => `${version} is too old: ${path}`,
  "doctor.room": ({ room, folder }: Given<"room" | "folder">) => `${room} free in ${folder}`,
  "doctor.settings": "settings",
  "doctor.settingsRead": ({ language, zone, places }: Given<"language" | "zone", "places">) =>
    `${language}, ${zone} in ${list(places)}`,
  "doctor.warehouse": "warehouse",
  "employee.unknown": ({ id, near }: Given<"id" | "near">) => `no such employee: ${id}${near}`,
  "encoding.unknown": ({ place, encoding }: Given<"place" | "encoding">) =>
    `${place}: unknown encoding: ${encoding}`,
  "excel.otherFormat": ({ format }: Given<"format">) => `--excel goes with --format csv, not with: ${format}`,
  "explain.noDimension": ({ kpi }: Given<"kpi">) => `no dimension to explain it by: ${kpi}`,
  "explain.notOver": ({ grain, start, first }: Given<"grain" | "start" | "first">) =>
    `the ${grain} of ${start} is not over: its elapsed days are compared with the previous ${grain} or last year's, not with --from ${first}`,
  "explain.onePeriod": ({ grain, first }: Given<"grain" | "first">) =>
    `--explain needs two periods, --from names the ${grain} of --to or a later one: ${first}`,
  "export.done": ({ name, pages, size }: Given<"name" | "pages" | "size">) =>
    `${name}  ${pages} pages, ${size}`,
  "export.full": ({ folder }: Given<"folder">) =>
    `the disk is full: ${folder}; what is there is whole: make room and run the same command again, which makes what is missing`,
  "export.noSheets":
    "this site has no employee: where no scorecard judges employees there is no sheet, and employees are shown only with publish_persons: true in settings.yaml; set it and build warehouse and site anew, for a folder that is not handed out",
  "export.noPassword": ({ name }: Given<"name">) =>
    `the variable of --password-env is not set, or empty: ${name}`,
  "export.blankPassword": ({ name }: Given<"name">) => `the password in ${name} has nothing but spaces`,
  "export.shortPassword": ({ name, shortest }: Given<"name" | "shortest">) =>
    `the password in ${name} has fewer than ${shortest} characters`,
  "export.forOrEach": "--for and --each cannot both be given",
  "export.noScope": ({ scope }: Given<"scope">) =>
    `expected a dimension and a value like region=East: ${scope}`,
  "export.noDimension": ({ name, near, known }: Given<"name" | "near", "known">) =>
    `no dimension that this site tells KPIs apart by (${list(known)})${near}: ${name}`,
  "export.noSubject": ({ id, dimension, of }: Given<"id" | "dimension", "of">) =>
    `${id} has nothing to tell of a ${dimension}: it is made for ${list(["the company", ...of])}`,
  "export.noValue": ({ dimension, value, near, known }: Given<"dimension" | "value" | "near", "known">) =>
    `no such ${dimension}${known.length > 0 ? ` (there is ${list(known)})` : ""}${near}: ${value}`,
  "export.notAssessed": ({ id, period, known }: Given<"id" | "period", "known">) =>
    `${id} is of the periods that are assessed (${list(known)}): ${period}`,
  "export.noPeriod": ({ text, first, last }: Given<"text" | "first" | "last">) =>
    `the site has no such period (it has ${first} to ${last}): ${text}`,
  "export.tooLong": ({ name, pages, most }: Given<"name" | "pages" | "most">) =>
    `${name} has ${pages} pages even with the shortest lists, its pack allows ${most}: take sections out of the pack or raise max_pages`,
  "site.noData": ({ path }: Given<"path">) =>
    `the built site lacks its data, run "herringbone site" again: ${path}`,
  "export.print": ({ file }: Given<"file">) => `print ${file}`,
  "export.printAll": ({ count }: Given<"count">) => `print ${count} files`,
  "export.skipped": ({ count, of }: Given<"count" | "of">) =>
    `${count} of ${of} files are there from the run that was cut short`,
  "export.failed": ({ name, why }: Given<"name" | "why">) => `not made: ${name}: ${why}`,
  "export.incomplete": ({ count, of }: Given<"count" | "of">) =>
    `${count} of ${of} files could not be made; the same command makes what is missing`,
  "export.noConcurrency": ({ text }: Given<"text">) =>
    `--concurrency is the number of files printed at a time, 1 to 64: ${text}`,
  "extracts.missing": ({ folder }: Given<"folder">) => `no such folder of extracts: ${folder}`,
  "extracts.unnamed": "no extracts: put them into data/extracts, or name their folder with --data",
  "file.fault": ({ at, wrong }: Given<"wrong", "at">) => [...at, wrong].join(": "),
  "file.faults": ({ file, lines }: Given<"file", "lines">) => [`${file}:`, ...lines].join("\n  "),
  "file.isNone": ({ path }: Given<"path">) => `this has to be a file, and is none: ${path}`,
  "file.outside": ({ path }: Given<"path">) =>
    `this lies outside the folder of extracts or of the catalogue; build with --allow-outside if it may be read: ${path}`,
  "file.unreadable": ({ file, reason }: Given<"file" | "reason">) => `cannot read ${file}: ${reason}`,
  "grade.lastAboveZero": ({ from }: Given<"from">) => `the last grade begins at 0: ${from}`,
  "grade.notBelow": ({ better, limit, from }: Given<"better" | "limit" | "from">) =>
    `not below ${better}'s ${limit}: ${from}`,
  "header.lacks": ({
    place,
    table,
    found,
    missing,
    expected,
  }: Given<"place" | "table" | "found", "missing" | "expected">) =>
    `${place}: the header lacks required columns of ${table}: ${list(missing)} (found: ${found}; expected, * required: ${list(expected)})`,
  "header.twice": ({ place, name }: Given<"place" | "name">) =>
    `${place}: the header has two columns of the name: ${name}`,
  "hint.orderLines":
    'an order of several lines needs their numbers, or its last line alone is counted; where the extract has none, say in sources.yaml: line_no: row_number() over (partition by "<column of order_id>")',
  "kpi.noModel": ({ file, id }: Given<"file" | "id">) => `${file}: no model marts/${id}.sql for kpi: ${id}`,
  "kpi.notItsDimension": ({ dimension }: Given<"dimension">) => `not among its dimensions: ${dimension}`,
  "kpi.unknown": ({ id, near }: Given<"id" | "near">) => `unknown kpi: ${id}${near}`,
  "load.references": "check references",
  "load.table": ({ table }: Given<"table">) => `load ${table}`,
  "lock.held": ({ pid, path }: Given<"pid" | "path">) =>
    `another build is running (process ${pid}), its lock is ${path}`,
  "lock.otherPreview": ({ pid, path }: Given<"pid" | "path">) =>
    `another preview of these pages is running (process ${pid}), its lock is ${path}`,
  "lock.otherExport": ({ pid, path }: Given<"pid" | "path">) =>
    `another export is writing into the same folder (process ${pid}), its lock is ${path}`,
  "lock.otherSite": ({ pid, path }: Given<"pid" | "path">) =>
    `another site build is writing into the same folder (process ${pid}), its lock is ${path}`,
  "lock.taken": ({ path }: Given<"path">) =>
    `the name of the build's lock is taken by something else; name another --warehouse: ${path}`,
  "mapping.lacksRequired": ({ place, column }: Given<"place" | "column">) =>
    `${place}: gives no value for the required column: ${column}`,
  "mapping.oneStatement": ({ place }: Given<"place">) =>
    `${place}: only one SELECT or one expression may stand here, no other statement`,
  "mapping.tooWide": ({ most, columns, file }: Given<"most" | "columns" | "file">) =>
    `a select, or a mapping with a window, reads files of at most ${most} columns, this has ${columns} (columns: without a window takes any number): ${file}`,
  "mapping.unknownColumn": ({ place, table, column }: Given<"place" | "table" | "column">) =>
    `${place}: unknown column of ${table}: ${column}`,
  "models.grains": "checks of the models' grains",
  "models.step": "models",
  "month.invalid": ({ month }: Given<"month">) => `a month is written YYYY-MM: ${month}`,
  "option.noNumber": ({ option, value }: Given<"option" | "value">) =>
    `--${option} has to be a number: ${value}`,
  "option.notWhole": ({ option, least, most, value }: Given<"option" | "least" | "most" | "value">) =>
    `--${option} has to be a whole number from ${least} to ${most}: ${value}`,
  "option.outside": ({ option, most, value }: Given<"option" | "most" | "value">) =>
    `--${option} has to be from 0 to ${most}: ${value}`,
  "out.inProject": ({ folder }: Given<"folder">) =>
    `--out lies in the project's folder ${folder}, which is no place for a site`,
  "out.otherContent": ({ name }: Given<"name">) =>
    `--out holds something else than an earlier site (${name}), and would lose it; name an empty or a new folder`,
  "out.protected": "--out is, or holds, what a site must not replace; name a folder of its own",
  "page.failed": ({ url, errors }: Given<"url", "errors">) =>
    `the report page failed: ${url}\n  ${errors.join("\n  ")}`,
  "page.missing": ({ page }: Given<"page">) =>
    `no such page in the built site; run the site's build first: ${page}`,
  "page.notReady": ({ seconds, url }: Given<"seconds" | "url">) =>
    `the report page was not ready after ${seconds} s: ${url}`,
  "pdf.otherFile": "this file is no earlier print and would be lost; move it, or name another --out",
  "pdf.signed": "this print is signed and would be lost; move it, or name another --out",
  "pdf.taken": "the PDF cannot be written, its name is taken by something that is no file",
  "pdf.undrawn": ({ characters }: Given<"characters">) =>
    `characters without a font on this machine, boxes in the report; a font that has them is the cure (on Debian the package fonts-noto-color-emoji for emoji, fonts-hanazono for rare Chinese characters): ${characters}`,
  "period.invalid": ({ text }: Given<"text">) =>
    `a period is written 2026-05, 2026-Q2, 2026-H1 or 2026: ${text}`,
  "period.outside": ({ first, last, month }: Given<"first" | "last" | "month">) =>
    `periods are told from ${first} to ${last}, the year after the data's: ${month}`,
  "period.reversed": ({ from, to }: Given<"from" | "to">) => `--from lies after --to: ${from} > ${to}`,
  "port.invalid": ({ port }: Given<"port">) => `--port takes a number from 1 to 65535: ${port}`,
  "port.unusable": ({ port }: Given<"port">) => `the port cannot be used: ${port}`,
  "program.fault": ({ reason }: Given<"reason">) => `a fault of the program (--debug says where): ${reason}`,
  "rates.columns": ({ expected, found }: Given<"expected" | "found">) =>
    `expected the columns ${expected}, found: ${found}`,
  "rates.missing": ({ table, column, own, file, rows }: Given<"table" | "column" | "own" | "file", "rows">) =>
    `${table}.${column}: amounts in other currencies than ${own} need a rate for each of their months in ${file} of the catalogue (month,currency,rate); where all are in one, say so in settings.yaml (currency: USD); the months without a rate, and the first row, of each currency: ${list(rows)}`,
  "rates.row": ({ own, found }: Given<"own" | "found">) =>
    `expected a month YYYY-MM, the code of another currency than ${own} and a rate above 0, once a month and currency, found: ${found}`,
  "pack.unknown": ({ id, near, known }: Given<"id" | "near", "known">) =>
    `no such pack: ${id}${near}; there is ${list(known)}`,
  "pack.notThere": ({ id, near, known }: Given<"id" | "near", "known">) =>
    `expected what the catalogue has${known.length > 0 ? ` (${list(known)})` : ""}${near}: ${id}`,
  "report.missing": ({ page }: Given<"page">) =>
    `no report in the built site, run "herringbone site" first: ${page}`,
  "reviews.unread": ({ path }: Given<"path">) =>
    `the warehouse to be replaced cannot be read, and the 360° figures it showed have to be kept: ${path}`,
  "sample.otherContent": ({ name }: Given<"name">) =>
    `the folder holds something else than an unchanged sample (${name}); name another --out, or overwrite with --force`,
  "sample.unknownTable": ({ table }: Given<"table">) => `no table of the sample: ${table}`,
  "score.bandScores": ({ better, points }: Given<"better" | "points">) =>
    `bands: expected scores that fall from band to band: ${better}, ${points}`,
  "score.directDown": "direct: the value is the score only where higher is better (expected up): down",
  "score.directUnit": ({ unit, units }: Given<"unit", "units">) =>
    `direct: expected a unit of ${list(units)}: ${unit}`,
  "score.otherwise": ({ worst, otherwise }: Given<"worst" | "otherwise">) =>
    `bands: otherwise: expected at most ${worst}: ${otherwise}`,
  "scorecard.noWeights": ({ id }: Given<"id">) => `no weights in weights.csv of the scorecard: ${id}`,
  "scorecard.reservedName": ({ id }: Given<"id">) =>
    `a scorecard cannot have the name of an assessment: ${id}`,
  "scorecard.unknown": ({ id, near, ids }: Given<"id" | "near", "ids">) =>
    `unknown scorecard (there are ${list(ids)}): ${id}${near}`,
  "scorecard.unlisted": ({ id, near }: Given<"id" | "near">) => `not in scorecards.yaml: ${id}${near}`,
  "scorecard.weightsBegin": ({ id, first, day }: Given<"id" | "first" | "day">) =>
    `the weights of ${id} begin only on ${first}: ${day}`,
  "scorecards.none": "no scorecards in the catalogue: scorecards.yaml",
  "set.invalid": ({ text }: Given<"text">) =>
    `--set takes a kpi and its weight, csat=20% or csat=0.2: ${text}`,
  "set.notItsKpi": ({ card, kpi, near }: Given<"card" | "kpi" | "near">) =>
    `not a kpi of ${card}: ${kpi}${near}`,
  "set.twice": ({ text }: Given<"text">) => `--set names a kpi twice: ${text}`,
  "set.withoutScorecard": ({ set }: Given<"set">) => `--set goes with a scorecard: ${set}`,
  "settings.unknownName": ({ stranger, near, known }: Given<"stranger" | "near", "known">) =>
    `expected one of ${list(known)}, found: ${stranger}${near}`,
  "site.buildEnded": "the site build was ended from outside; was it killed, or is memory short?",
  "site.buildFailed": ({ reason }: Given<never, "reason">) => `the site build failed:\n${reason.join("\n")}`,
  "site.done": ({ folder }: Given<"folder">) => `site ${folder}`,
  "site.leftOut": ({ path, dimensions }: Given<"path", "dimensions">) =>
    `over the budget, left to "kpi --where": ${path}: ${list(dimensions)}`,
  "site.hiddenInitiative": ({ id, why }: Given<"id" | "why">) =>
    `the figures of initiative ${id} stand neither on pages nor in print, its verdict does: ${why}`,
  "site.hidden.cut":
    "a window begins or ends within a month, and beside the months it would tell of a few days of fewer than min_cell people; let it begin on the first of a month and take whole months",
  "site.hidden.few": "a window, or a month in it, is of fewer than min_cell people",
  "site.hidden.neighbour":
    "a month of it is not shown, since the figure of fewer than min_cell people of another group could be derived from it",
  "site.missing": ({ folder }: Given<"folder">) =>
    `there is no built site, run "herringbone site" first or name its folder: ${folder}`,
  "site.published": ({ tables, size, largest }: Given<"tables" | "size" | "largest">) =>
    `published ${tables} tables, ${size} compressed, the largest ${largest}`,
  "site.replaced": ({ found, wanted, folder }: Given<"found" | "wanted" | "folder">) =>
    `the site was replaced meanwhile, it shows build ${found} instead of ${wanted}: ${folder}`,
  "site.step": "site",
  "site.warehouseReplaced": ({ wanted, found }: Given<"wanted" | "found">) =>
    `the warehouse was built anew meanwhile (${wanted} has become ${found}), so there would be no telling whose figures the site shows; run it again`,
  "json.broken": ({ file, line, column, wrong }: Given<"file" | "line" | "column" | "wrong">) =>
    `no whole JSON, export it once more: ${file}, line ${line}, column ${column}: ${wrong}`,
  "json.behind": "nothing is expected behind the array",
  "json.cutOff": "it ends within the array, it was cut off",
  "json.noArray": "expected one array of objects",
  "json.arrays":
    "expected one array of objects, found a further one in the same object: put each into a file of its own",
  "json.noValue": "expected the object's members",
  "json.noElement": "expected an object",
  "json.objects":
    "expected one array of objects, or an object that has one; where an object stands on each line, name it .ndjson or say kind: ndjson",
  "json.tooLong": ({ file, line, bytes }: Given<"file" | "line" | "bytes">) =>
    `an object of more than ${bytes} bytes, or one that does not end, on line ${line}: ${file}`,
  "json.wrong": ({ reason }: Given<"reason">) => `${reason}`,
  "packed.damaged": ({ reason }: Given<"reason">) =>
    `it is damaged, cut off or not what its name says; export or copy it once more (${reason})`,
  "packed.encrypted": ({ file }: Given<"file">) => `locked by a password, pack it again without one: ${file}`,
  "packed.noMember": ({ file, archive }: Given<"file" | "archive">) => `not in ${archive} any more: ${file}`,
  "packed.tooLarge": ({ file, packed, times, most }: Given<"file" | "packed" | "times" | "most">) =>
    `unpacks to more than a table can be (${times} times its ${packed} bytes, or ${most} GiB), unpack it yourself if it is one: ${file}`,
  "packed.tooMany": ({ archive, count, most }: Given<"archive" | "count" | "most">) =>
    `holds ${count} files, at most ${most} are looked through: ${archive}`,
  "packed.twice": ({ archive, member }: Given<"archive" | "member">) =>
    `holds two files of one name, ${member}: ${archive}`,
  "packed.unknownMethod": ({ file }: Given<"file">) =>
    `packed in a way that cannot be read, pack it again as an ordinary zip (deflate): ${file}`,
  "reconcile.growth": ({ kpi }: Given<"kpi">) =>
    `${kpi} compares two periods and has no list of cases; reconcile the KPI that grows, or give one figure (--value-of)`,
  "reconcile.noKey": ({ kpi, grain }: Given<"kpi", "grain">) =>
    `${kpi} has no list of cases with an id of their own (a case is ${list(grain)}); give one figure (--value-of)`,
  "reconcile.noValues": ({ kpi }: Given<"kpi">) =>
    `the value of ${kpi} is not made of one value a case: compare its cases, without --value`,
  "reconcile.noIds": ({ file, keys, columns }: Given<"file", "keys" | "columns">) =>
    `no column of ${file} holds ids that are in ${list(keys)}, nor do row and column name the KPI and the period of a figure; name the column of ids with --id, or the figure's row and column with --row and --value, of ${list(columns)}`,
  "reconcile.noPairs": ({ file, keys, columns }: Given<"file", "keys" | "columns">) =>
    `no columns of ${file} hold ids that are in ${list(keys)}, nor do row and column name the KPI and the period of a figure; name one for each with --id, a comma between them, or the figure's row and column with --row and --value, of ${list(columns)}`,
  "reconcile.severalFigures": ({ file, places }: Given<"file", "places">) =>
    `several figures of ${file} may be meant; name the row and the column of one with --row and --value: ${list(places)}`,
  "reconcile.twoNumbers": ({ file, text }: Given<"file" | "text">) =>
    `in ${file} it is not to be told whether the figure is a fraction or in per cent; give it as one with --value-of: ${text}`,
  "reconcile.notPercent": ({ text }: Given<"text">) =>
    `the KPI is a share and cannot be that; a percentage is written with its sign, ${text}%: ${text}`,
  "reconcile.noColumn": ({ file, name, columns, near }: Given<"file" | "name" | "near", "columns">) =>
    `${file} has no column ${name}${near}, it has ${list(columns)}`,
  "reconcile.encoding": ({ file }: Given<"file">) =>
    `which encoding their list is in cannot be told from its bytes; say it, for example --encoding windows-1252, gb18030, big5 or utf-16le: ${file}`,
  "reconcile.noEncoding": ({ file }: Given<"file">) =>
    `--encoding is for texts; a workbook or Parquet file says itself how it is written: ${file}`,
  "reconcile.noNumber": ({ text }: Given<"text">) => `expected a number like 0.0213 or 2.13%: ${text}`,
  "reconcile.noZone": ({ zone }: Given<"zone">) => `not a time zone of the IANA database: ${zone}`,
  "reconcile.noFigure": ({ reason }: Given<"reason">) => `there is no figure of ours: ${reason}`,
  "reconcile.noPeriod": "name the period: --period 2026-03, 2026-Q1, 2026-H1 or 2026",
  "reconcile.oneOf":
    "name their list or report (--with FILE) or their figure (--value-of 0.0213), one of them",
  "reconcile.damaged": ({ path }: Given<"path">) =>
    `the reconciliations for the site cannot be read; put the file back from a backup or delete it: ${path}`,
  "reconcile.pageOfPart": "the page shows the company's figures alone: give --page without --where",
  "reconcile.shown": "kept for the site, which shows it when it is built next (herringbone site)",
  "reconcile.hidden": "taken away; the site shows it no longer when it is built next (herringbone site)",
  "reconcile.notShown": ({ kpi, period }: Given<"kpi" | "period">) =>
    `no reconciliation of ${kpi} is kept for the site in the period: ${period}`,
  "reconcile.sameIds": ({ keys, id }: Given<"id", "keys">) =>
    `an id alone does not tell which case it is, ${list(keys)} share some (for example: ${id}); give one figure (--value-of)`,
  "reconcile.rest": ({ cases }: Given<"cases">) => `cases that no reason explains: ${cases}`,
  "reconcile.totals": "two totals differ, which no cases explain; a list of their cases (--with) would",
  "sources.severalMembers": ({ archive, each }: Given<"archive", "each">) =>
    `${archive} holds several files, name which of them: ${list(each)}`,
  "sources.noMatch": ({ patterns }: Given<never, "patterns">) => `no file matches: ${list(patterns)}`,
  "sql.wrong": ({ place, reason }: Given<"place" | "reason">) => `${place}: ${reason}`,
  "assess.explainOrPlan": "--plan has no checks to explain: give --explain or --plan",
  "assess.explainCsv":
    "--explain has no CSV: what stands beside a verdict is told with --format table or json",
  "initiative.noSuchValue": ({ id, dimension, value, near }: Given<"id" | "dimension" | "value" | "near">) =>
    `initiative ${id}: the data have no ${dimension} ${value}${near}; nothing is found of it`,
  suggestion: ({ name }: Given<"name">) => ` (did you mean ${name}?)`,
  "text.notUtf8": ({ line, likely }: Given<"line" | "likely">) =>
    `line ${line}: not UTF-8 text, perhaps ${likely} (expected UTF-8)`,
  "text.unreadable": ({ code }: Given<"code">) => `cannot be read: ${code}`,
  "text.tooLarge": ({ mb, most }: Given<"mb" | "most">) =>
    `has ${mb} MB, and no more than ${most} MB are read of a file that people edit`,
  "text.utf16": "written in UTF-16 (expected UTF-8)",
  "trace.withoutScorecard": ({ id }: Given<"id">) => `--trace goes with a scorecard: ${id}`,
  "verify.attachment": "the attachment with the figures is not the one that was printed",
  "verify.broken": "the PDF is broken",
  "verify.differ": ({ count }: Given<"count">) => `figures that do not agree: ${count}`,
  "verify.encrypted":
    "the PDF is locked; name the variable of the environment that holds its password with --password-env",
  "verify.manyFigures": ({ name, count }: Given<"name" | "count">) =>
    `it carries ${count} attachments ${name}, and which of them is its own cannot be told`,
  "verify.noneCarried": "it carries no figures though its pack has some",
  "verify.noFigures": ({ name }: Given<"name">) =>
    `it carries no figures (${name}); PDFs of herringbone export do`,
  "verify.noFile": "there is no such file",
  "verify.noPdf": "this is no PDF",
  "verify.noneOfOurs": ({ name }: Given<"name">) =>
    `its attachment ${name} is not as herringbone export writes it`,
  "verify.otherPassword": "its password is another",
  "verify.packed": "its streams are packed in a way that export does not use",
  "verify.pages": "the pages are not those that were printed",
  "verify.rewritten": "the file has been written by another program since it was printed",
  "verify.tooLarge": ({ mb }: Given<"mb">) => `it is larger than ${mb} MB`,
  "verify.unprinted": ({ count }: Given<"count">) => `figures that stand on no page: ${count}`,
  "verify.words": "tags, bookmarks or properties are not those that were printed",
  "verify.unreadable": ({ wrong, file }: Given<"wrong" | "file">) => `${wrong}: ${file}`,
  "vocabulary.twoMeanings": ({ other, word }: Given<"other" | "word">) =>
    `this word means ${other} already: ${word}`,
  "vocabulary.unknownCode": ({ near, known }: Given<"near", "known">) =>
    `unknown code (the contract has ${list(known)})${near}`,
  "warehouse.damaged": ({ path }: Given<"path">) =>
    `the warehouse file is damaged, run "herringbone build" to make it anew: ${path}`,
  "warehouse.incomplete": ({ path }: Given<"path">) =>
    `the warehouse holds no whole build of this version, run "herringbone build" anew: ${path}`,
  "warehouse.missing": ({ path }: Given<"path">) =>
    `no warehouse yet, run "herringbone build" first: ${path}`,
  "warehouse.notOne":
    "this is no warehouse, and a build would replace it; name another file with --warehouse, or remove it if it may go",
  "warehouse.otherDatabase": ({ table }: Given<"table">) =>
    `this database is no warehouse (it has ${table}), and a build would replace it; name another file with --warehouse`,
  "warehouse.otherVersion": ({ version, path }: Given<"version" | "path">) =>
    `this file was written by another version of DuckDB (storage version ${version}) and is left as it is; name another file with --warehouse, or install the version of Herringbone that wrote it: ${path}`,
  "warehouse.setAside": ({ path }: Given<"path">) =>
    `the old warehouse could not be read; delete it when nobody misses it: ${path}`,
  "warehouse.unopened": ({ reason, path }: Given<"reason" | "path">) =>
    `cannot open the warehouse (${reason}): ${path}`,
  "warehouse.written": ({ path }: Given<"path">) =>
    `another program has this database open for writing: ${path}`,
  "weight.outside": ({ found }: Given<"found">) =>
    `a weight is from 0 to 100 % (0 to 1 without the sign): ${found}`,
  "weights.noDay": ({ day }: Given<"day">) => `--weights takes a day, YYYY-MM-DD: ${day}`,
  "weights.sum": ({ id, from, sum }: Given<"id" | "from" | "sum">) =>
    `weights of ${id} from ${from} on do not sum to 1 (expected 1): ${sum}`,
  "weights.tooLittle": ({ sum }: Given<"sum">) =>
    `no other weight could make up for these, which do not sum to 1: ${sum}`,
  "weights.tooMuch": ({ sum }: Given<"sum">) => `weights set sum to more than 1: ${sum}`,
  "weights.undated": ({ id, day }: Given<"id" | "day">) => `--weights: ${id} has no weights by date: ${day}`,
  "where.invalid": ({ text }: Given<"text">) => `--where takes DIMENSION=VALUE: ${text}`,
  "yaml.aliases": ({ most }: Given<"most">) => `too many aliases (*name), at most ${most} are put in`,
  "yaml.empty": "the file is empty",
  "workbook.edited":
    "this workbook was changed by somebody since and would be lost; move it, or name another --out",
  "workbook.otherFile": "this file is no earlier workbook and would be lost; move it, or name another --out",
  "workbook.taken": "the workbook cannot be written, its name is taken by something that is no file",
};

/** A count with what it counts: `1 group`, `3 groups`. */
const counted = (count: string | number, one: string, many = `${one}s`): string =>
  `${count} ${isOne(count) ? one : many}`;

/** Whether a count, as written, takes the singular. */
const isOne = (count: string | number): boolean => String(count) === "1";

const kpis = (count: string) => counted(count, "KPI");

const causes = (count: string | number) => counted(count, "possible cause");

type Change = "better" | "worse" | "within_chance" | "no_test" | "no_direction";
type Unscored = "no_data" | "no_cases" | "partial" | "incomplete" | "immature" | "few_cases" | "no_target";
type Contributors = "customers" | "employees" | "leads";
type Span = { days: number; months: number };

/** What a KPI's page says about a change and the groups it comes from. */
const change = {
  higher: (kpi: string, other: string, by: string) => `${kpi} ${by} above ${other}`,
  lower: (kpi: string, other: string, by: string) => `${kpi} ${by} below ${other}`,
  same: (kpi: string, other: string) => `${kpi} level with ${other}`,
  largest: (group: string, by: string) => `of which ${group} ${by}`,
  alone: (group: string, by: string) => `${group} alone ${by}`,
  shifted: (kpi: string, other: string, shares: string) => `${kpi} against ${other}: ${shares}`,
  share: (group: string, by: string) => `${group} ${by}`,
  whole: (dimensions: string) =>
    `The whole is 100 % by definition: only a split by ${dimensions} tells a change.`,
  chance: "the change is within chance",
  shown: ({ scope, dimension, to, from }: { scope: string; dimension: string; to: string; from: string }) =>
    `${scope} · split by ${dimension} · ${to} against ${from}`,
  effects: ({ rate, mix }: { rate: string; mix: string }) => ` · own change ${rate}, mix change ${mix}`,
  elapsed: " (elapsed days only)",
  rate: "Own change",
  mix: "Mix change",
  contribution: "Contribution",
  net: "Total",
  weightFrom: "Weight before (%)",
  weightTo: "Weight now (%)",
  others: (count: string) => (count === "1" ? "1 other" : `${count} others`),
  chart: (kpi: string, dimension: string) => `Change of ${kpi} split by ${dimension}`,
  note: "The contributions add up to the change. Own change: the group's own value changed. Mix change: its weight in the denominator changed.",
  countNote: "The contributions add up to the change.",
  widest:
    "Without a split chosen, this is the dimension whose contributions lie farthest apart; choose another above.",
  undivided: (dimension: string) =>
    `There is nothing to split: all cases are in one group as to ${dimension}.`,
  unknown: (dimension: string, column: string | null) =>
    `There is nothing to split: the ${dimension} of all cases is unknown.${column ? ` Map ${column} to split by it.` : ""}`,
  nothing: "No group changed, so there is no contribution to draw.",
  table: "All groups",
  period: "Period",
  against: "Against",
  lastYear: "last year",
  previous: "previous period",
  controls: "Period and comparison of the change",
  remainder: (groups: string) => `${groups}, together`,
  unshown: (groups: string) => `The change is not split, with ${groups}`,
  notCompared: (reason: string) => `There is no period to compare with; others are ${reason}.`,
  notPublished:
    "What the pages hold of the groups does not add up to the change: some were not published, so it is not split.",
};

/** What the pages and the report say about problems and their possible causes. */
const problems = {
  name: "Problems and causes",
  label: (problem: string) => `Fishbone of the problem "${problem}"`,
  none: "The catalogue lists no problem.",
  counted: ({ total, bad, near, unsure }: { total: number; bad: number; near: number; unsure: number }) =>
    `of ${causes(total)}, ${[
      bad > 0 ? `${bad} ${bad === 1 ? "has" : "have"} a KPI off target` : "",
      near > 0
        ? bad > 0
          ? `${near} one only near target`
          : `${near} ${near === 1 ? "has" : "have"} a KPI only near target`
        : "",
      unsure > 0 ? `${unsure} cannot be told from target` : "",
    ]
      .filter(Boolean)
      .join(" and ")}`,
  farthest: ({
    period,
    counted: found,
    kpi,
    value,
  }: {
    period: string;
    counted: string;
    kpi: string;
    value: string;
  }) => `${period}: ${found}; farthest from target is ${kpi}, ${value}`,
  quiet: ({ period, total }: { period: string; total: string }) =>
    `${period}: the KPIs of all ${causes(total)} are on target`,
  unsure: (found: string) => `${found}; none is surely off target`,
  silent: ({ period, total }: { period: string; total: string }) =>
    `${period}: no usable value and target yet for the KPIs of ${causes(total)}`,
  pageShown: (count: string) =>
    `${counted(count, "problem")} · each cause against the KPIs that would show it · figures point, they do not prove`,
  signs: ({ problem, counted: found, causes: named }: { problem: string; counted: string; causes: string }) =>
    `${problem}: ${found}; the figures point most to ${named}`,
  noSigns: ({ problem, total }: { problem: string; total: string }) =>
    `${problem}: all KPIs on target, the figures point to none of ${causes(total)}`,
  unknown: ({ problem, total }: { problem: string; total: string }) =>
    `${problem}: ${causes(total)}, no usable value and target yet`,
  quoted: (cause: string) => `"${cause}"`,
  causesMore: (first: string, count: string) => `"${first}" and others, ${count} in all`,
  shown: (period: string) =>
    `Possible causes and the KPIs that would show them · ${period} · status against target`,
  ranking: "Which causes the figures point to",
  rankingShown: (period: string) => `By how far off target their KPIs are · ${period}`,
  index: "The problems",
  evidence: (kpi: string) => `${kpi} would show it`,
  targetOf: (value: string) => `target ${value}`,
  rankOf: (rank: string) => `rank ${rank}`,
  columns: {
    rank: "Rank",
    cause: "Possible cause",
    branch: "Branch",
    kpi: "Would show in",
    value: "Value",
    target: "Target",
    distance: "Off target",
    status: "Status",
  },
  distanceNote:
    "Off target: 0 % is the target met, 100 % the floor (the tick), more is beyond it; without a floor it is 0 where higher is better and twice the target where lower is. A cause takes the largest of its KPIs.",
  signalNote: `Partial and immature periods, KPIs without a target or of fewer than ${fewestCases} cases, and those that cannot be told from target are no signs; causes without data come last.`,
  causeNote:
    "The causes are listed by the KPI team. A KPI off target says that a look is worth while; it does not prove the cause.",
  keys: "The thicker the line, the farther off target. Arrow keys walk the causes, Enter opens the KPI farthest off, Escape returns.",
};

const scorecardsName = "Scorecards";

/** Why an item has no score, as pages and command line say it. */
const unscored = {
  no_data: "no data",
  no_cases: "nothing to count",
  partial: "period not over",
  incomplete: "incomplete",
  immature: "immature",
  few_cases: `fewer than ${fewestCases} cases`,
  no_target: "no target",
};

/** What the pages and the report say about scorecards. */
const scores = {
  name: scorecardsName,
  all: "The scorecards",
  period: "Period",
  none: "The catalogue has no scorecard.",
  noPeriod: (card: string) => `${card}: no period with data is over yet`,
  noWeights: (card: string) => `${card}: it has no weights in weights.csv yet, so nothing is scored`,
  judges: ({ card, judged }: { card: string; judged: string }) => `${card}: for ${judged} only`,
  graded: ({
    period,
    card,
    count,
    total,
    grades,
  }: {
    period: string;
    card: string;
    count: string;
    total: string;
    grades: string;
  }) =>
    `${period}, ${card}: ${count} of ${total} ${isOne(count) ? "has" : "have"} a total${grades === "" ? "" : `, ${grades}`}`,
  noCompany: "ranked by period · no total of the company",
  title: ({ period, card, total, grade }: { period: string; card: string; total: string; grade: string }) =>
    `${period}: ${card} scores ${total}, ${grade}`,
  untotalled: ({ period, card, covered }: { period: string; card: string; covered: string }) =>
    `${period}: no total for ${card}, only ${covered} of the weight has a score`,
  scoreless: ({ period, card }: { period: string; card: string }) =>
    `${period}: no total for ${card}, none of its KPIs has a score`,
  higher: (size: string) => `, ${size} above the previous period`,
  lower: (size: string) => `, ${size} below the previous period`,
  same: ", as in the previous period",
  against: (delta: string) => `${delta} on the previous period`,
  alike: (delta: string) => `${delta} on the previous period, like for like`,
  scoredInBoth: (what: string) => `compared over the KPIs scored in both periods; ${what}`,
  newWeights: "new weights",
  reweighed: (delta: string) => `weights have changed, by the former ones ${delta}`,
  joined: (names: string) => `joined: ${names}`,
  fellOut: (names: string) => `fell out: ${names}`,
  provisionalHead: (covered: string) => `provisional, ${covered}\u00a0scored`,
  provisional: (grade: string) => `${grade} (provisional)`,
  lowest: (group: string, total: string) => `; lowest is ${group}, ${total}`,
  shown: ({ whose, covered, items }: { whose: string; covered: string; items: string }) =>
    `${whose} · scores averaged by weight · ${covered} of the weight has a score · ${counted(items, "KPI")}`,
  company: "The company",
  judged: { company: "the company", team: "teams", employee: "employees" },
  team: "Team",
  employee: "Employee",
  history: "Totals so far",
  historyLabel: (card: string) => `Totals of ${card} by period`,
  items: "What the total is made of",
  itemsCaption: (card: string, period: string) => `What the total of ${card} is made of, ${period}`,
  columns: {
    kpi: "KPI",
    weight: "Weight",
    value: "Value",
    target: "Target",
    n: "n",
    score: "Score",
    remark: "Grade or remark",
    rank: "Rank",
    total: "Total",
    grade: "Grade",
    covered: "Weight scored",
  },
  untold: (count: string) =>
    `${count} whose total and grade are not shown: they would tell a KPI that is not shown. A rank stands where it holds whatever is not shown.`,
  cardUntold: ({ period, card }: { period: string; card: string }) =>
    `${period}: the total of ${card} is not shown, since it would tell a KPI that is not shown`,
  unscoredHead: "Not scored:",
  untotalledHead: "No total:",
  groupBelowHalf: "less than half of its weight has a score",
  groupUnscored: "no KPI has a score",
  unscored,
  rankingOf: { team: "Ranking of teams", employee: "Ranking of employees" },
  rankingCaption: ({ card, what, period }: { card: string; what: string; period: string }) =>
    `${what}, ${card}, ${period}`,
  ranked: ({ period, count }: { period: string; count: string }) => `${period} · ${count} with a total`,
  notRanked: (period: string) => `${period} · none has a total`,
  noneTold: (period: string) => `${period} · no total is shown`,
  nobody: {
    team: (period: string) => `${period} · no team to rank`,
    employee: (period: string) => `${period} · no employee to rank`,
  },
  unranked: (count: string) => `${count} without a total: less than half of the weight has a score`,
  unshown: (count: number, reason: string) => `${counted(count, "team")} ${reason}.`,
  open: (subject: string) => `What the total of ${subject} is made of`,
  leftOut: (count: string) =>
    `${count} more ${isOne(count) ? "is" : "are"} not listed here; herringbone score lists ${isOne(count) ? "it" : "them"}.`,
  pager: {
    label: "Pages of the ranking",
    previous: "Previous",
    next: "Next",
    page: (page: string, of: string) => `Page ${page} of ${of}`,
    find: "Find",
    notFound: (name: string) => `Not in the ranking: ${name}`,
    failed: "This part could not be loaded.",
    retry: "Try again",
  },
  gradeNote: (grades: string) => `Grades: ${grades}. Ticks are the limits of the grades.`,
  gradeFrom: (grade: string, from: string) => `${grade} from ${from}`,
  totalNote:
    "Total = ∑ weight × score ÷ ∑ weight over the KPIs that have a score; none if less than half of the weight has one, provisional below 80 %.",
  zeroNote:
    "Total = ∑ weight × score ÷ ∑ weight; a KPI without a score counts as 0. No total if less than half of the weight has a score, provisional below 80 %.",
  personNote: "Teams and employees are scored by the KPIs that belong to them. Employees are listed by id.",
  traceNote:
    "Each KPI's name leads to its page with numerator and denominator, and from there to the source columns.",
  printedTraceNote:
    "Each KPI's name leads to its figure in this report, its definition or what it lacks; numerator, denominator and source columns stand on the site, on the KPI's page and in the KPI dictionary.",
  headline: "Totals and grades",
};

/** What the pages and the report say about the weights of scorecards. */
const weights = {
  name: "Weight review",
  none: "There are no weights to review.",
  title: ({ cards, changes }: { cards: string; changes: string }) =>
    `${cards === "1" ? "1 scorecard" : `${cards} scorecards`}, weights ${
      changes === "0" ? "never changed" : changes === "1" ? "changed once" : `changed ${changes} times`
    }`,
  shown:
    "Change a weight and the others follow proportionally, so that all sum to 100 % · see how firm grades and ranks are before deciding",
  cardTitle: ({ card, grade, firm }: { card: string; grade: string; firm: string }) =>
    `${card}: ${grade}, ${firm}`,
  cardUntotalled: (card: string) => `${card}: less than half of the weight has a score, so there is no total`,
  cardUnscored: (card: string) => `${card}: no KPI has a score, so there is no total`,
  cardNoCompany: (card: string) => `${card}: no total of the company, so no grade to turn`,
  cardShownOnly: "Weights and what was changed",
  cardShown: ({ period, total, grade }: { period: string; total: string; grade: string }) =>
    `${period} · total in force ${total} ${grade}`,
  whatIf: "What if, and how sensitive",
  outcome: ({
    total,
    grade,
    total0,
    grade0,
  }: {
    total: string;
    grade: string;
    total0: string;
    grade0: string;
  }) => `Total with these weights ${total} ${grade}; in force ${total0} ${grade0}`,
  teams: (list: string) => `ranks of teams: ${list}`,
  team: ({ rank, team, total }: { rank: string; team: string; total: string }) => `${rank} ${team} ${total}`,
  tooMuch: "The weights that were set sum to more than 100 %, or one is not from 0 to 100 %.",
  reset: "Back to the weights in force",
  flip: (points: string) => `a change of ${points} points`,
  swap: ({ weight, change, leads }: { weight: string; change: string; leads: string }) =>
    `${weight} (${change}) → ${leads} leads`,
  stable: "no weight",
  swaps: "Which weights change the ranks of teams",
  swapsStable: "No change of a single weight swaps two neighbouring teams.",
  pair: (ahead: string, behind: string) => `${ahead}, ${behind}`,
  history: "Weights so far",
  first: (count: string) => `First weights, of ${count === "1" ? "1 KPI" : `${count} KPIs`}`,
  always: "from the start",
  planned: "not yet in force",
  changedBy: "Changed by",
  columns: {
    kpi: "KPI",
    score: "Score",
    inForce: "Weight in force",
    assumed: "Weight assumed",
    flip: "What flips the grade",
    pair: "Neighbours",
    swap: "Ranks swap at",
    from: "In force from",
    change: "Weight",
    note: "Why",
  },
  flipsCaption: (card: string, period: string) => `Weights of ${card} and how firm its grade is, ${period}`,
  historyCaption: (card: string) => `Weights of ${card} so far`,
  note: "How firm a grade or a rank is: the smallest change of one weight at which it is another; the others are rescaled proportionally. Solved from the scores, not searched for. Below 5 points a grade is unstable.",
};

/** What the pages and the report say about initiatives, beside their sentences. */
const benefits = {
  name: "Benefit assessment",
  none: "There are no initiatives to assess.",
  shown: "Did it help, how sure is that, and what was it worth",
  summary: "In short",
  tableTitle: "What came of each",
  tableShown:
    "Effect with its 95 % interval as a share of what was expected: 0 is no change, the tick 100 % of the expectation, to its right more than that",
  columns: {
    initiative: "Initiative",
    kpi: "KPI",
    verdict: "Verdict",
    effect: "Effect",
    interval: "95 % interval",
    expected: "Expected",
    against: "Against the expectation",
    worth: "Worth",
    returned: "Return",
    state: "State",
    scope: "Scope",
    q: "q",
  },
  reached: { yes: "reached", no: "not reached", open: "open" },
  state: {
    planned: (day: string) => `begins on ${day}`,
    running: (day: string) => `verdict with data to ${day}`,
    over: (day: string) => `follow-up ended on ${day}`,
  },
  late: "registered late or changed",
  withdrawn: "withdrawn",
  symbols: {
    improved: "▲",
    worsened: "▼",
    no_demonstrable_change: "○",
    still_running: "…",
    too_little_data: "–",
    not_testable: "–",
    not_recorded: "–",
  },
  notes: ({ runs, found, covered, planned }: Given<"runs" | "found" | "covered" | "planned">) => [
    "q is the share of the changes called so that would be chance, over all initiatives tested (Benjamini–Hochberg); at most 0.05 is called a change.",
    "Worth = improvement × value per unit × volume of the follow-up; the return is (worth − cost) ÷ cost. A single figure stands only where a change was shown, else the interval alone.",
    "One method a KPI, fixed before looking, gives the verdict. What stands beside it never decides it.",
    `Simulated where the truth is known (${runs} runs of each setting): ${found} of changes that are none are called one (5 % are meant), ${covered} of the 95 % intervals hold the truth, and a change of the smallest size that a plan names is found in ${planned}.`,
  ],
  plan: {
    title: "Implementation plan",
    done: ({ done, total, late }: { done: string; total: string; late: string }) =>
      `Implementation plan: ${done} of ${counted(total, "step")} done${late === "0" ? "" : `, ${late} overdue`}`,
    shown: (day: string) => `Phases with what is due, done and late · as of ${day}`,
    phases: { kickoff: "Kick-off", pilot: "Pilot", rollout: "Roll-out" },
    columns: { phase: "Phase", step: "Step", owner: "Owner", due: "Due", done: "Done", state: "State" },
    onTime: "on time",
    lateDone: (days: string) => `${counted(days, "day")} late`,
    overdue: (days: string) => `overdue by ${counted(days, "day")}`,
    open: "to come",
  },
  risks: {
    title: (open: string, total: string) => `Risk register: ${open} of ${counted(total, "risk")} open`,
    shown: "Risks with countermeasure, owner and state",
    columns: { risk: "Risk", kpi: "KPI", countermeasure: "Countermeasure", owner: "Owner", state: "State" },
    status: { open: "open", in_progress: "in progress", closed: "closed" },
  },
  limits: "What limits it",
  noLimits: "None of the checks made found anything against it.",
  facts: {
    title: "Definition",
    kpi: "KPI",
    scope: "Scope",
    started: "Start",
    baseline: "Baseline",
    followUp: "Follow-up",
    lag: "Lag",
    expected: "Expected change",
    cost: "Cost",
    perUnit: "Value per unit",
    method: "Method",
    command: "Command line",
    registered: "First registered",
    decided: "Verdict given",
  },
  decided: (day: string, build: string) => `${day}, build ${build}; it stays`,
  days: (count: string) => counted(count, "day"),
  window: (first: string, last: string) => `${first} to ${last}`,
  methods: {
    least_squares: "least squares on the cases, before against after",
    least_squares_did: "least squares on the cases, difference-in-differences against the comparison group",
    poisson: "Poisson regression of each customer's count, before against after",
    poisson_did:
      "Poisson regression of each customer's count, difference-in-differences against the comparison group",
  } as Readonly<Record<string, string>>,
  noMethod: "none: the KPI's figures carry no interval",
  noMethodWindows: "none: the windows differ in length",
  assumptions: {
    title: "What the method assumes",
    did: "Without the measure, scope and comparison group would have moved alike. The months before the start are the only test of that.",
    alone:
      "Nothing else that moves the KPI changed between the windows. Nothing here can test that, so the change is not laid to the measure.",
    mix: "Segments and ticket types are held the same, so that a shift of the mix is not taken for an effect; what is not recorded of customers is not held.",
    clusters: "Cases of one customer go together: the interval counts customers, not cases.",
    poisson: "A customer's events come at a rate by day; customers differ, and the interval allows for it.",
    ranks: "Of durations the ranks have to agree with the mean, since a few very long cases can move a mean.",
    worth:
      "A unit of improvement is worth what was set, and every case of the follow-up improved by the same.",
    frozen: "Windows, scope and KPI stood before the start; where they did not, it is said above.",
  },
  trend: {
    title: (kpi: string, scope: string) => `${kpi}, ${scope}, by month`,
    shown: "Shaded: baseline and follow-up · line: start · thin grey: comparison group",
    shownAlone: "Shaded: baseline and follow-up · line: start",
    comparisonCut: "The comparison group is not drawn: most of its months are not shown or have no case.",
    comparison: "comparison group",
    start: "start",
    baseline: "baseline",
    followUp: "follow-up",
  },
  effects: {
    title: "The effect, and what stands beside it",
    shown:
      "Change of the KPI with 95 % interval · the first line decides, the others are checks · dotted: expected",
    primary: "Primary method",
    two_proportions: "Two proportions (Newcombe)",
    welch: "Two means (Welch)",
    exact: "Two counts (exact)",
    hodges_lehmann: "Shift of ranks (Hodges–Lehmann)",
    segmented: "Level of the months (segmented)",
    slope: ({
      before,
      after,
      change,
      interval,
      coverage,
    }: {
      before: string;
      after: string;
      change: string;
      interval: string;
      coverage: string;
    }) =>
      `Segmented regression of ${before} months before and ${after} after: the slope changed by ${change} a month (${interval}); in simulation ${coverage} of such intervals hold the truth.`,
    year_earlier: "Same days a year earlier",
    expected: "expected",
    chart: (name: string) => `Effects of ${name} with 95 % intervals`,
  },
  study: {
    title: (p: string, isFlat: boolean) =>
      isFlat
        ? `Nothing shows that the KPI had moved before the start (p ${p})`
        : `The months before the start were not level (p ${p})`,
    untested: "Month by month against the month before the start",
    shown:
      "Event study: difference to the month before the start, 95 % intervals · 0 is the first month after it",
    shownDid:
      "Event study: scope minus comparison group, against the month before the start, 95 % intervals · 0 is the first month after it",
    chart: "Event study by month",
    empty: "Months without a point: nothing was counted in them, so there is no estimate.",
  },
  time: {
    title: ({ alarms, starts, share }: { alarms: string; starts: string; share: string }) =>
      alarms === "0"
        ? `At none of ${starts} earlier starts, with no initiative on this KPI, would it have called a change`
        : `At ${alarms} of ${starts} earlier starts (${share}), with no initiative on this KPI, it would have called a change`,
    distrusted: "Above 10 %: the method is not to be trusted here.",
    oneAlarm: " With so few starts one may be chance.",
    found: (change: string) => `The smallest change that it would find four times of five: ${change}.`,
    shown: "Placebo in time: the same estimate at earlier starts; the last one is the real one",
    chart: "Estimates at earlier starts",
    real: "real start",
  },
  space: {
    title: ({ rank, of, dimension }: { rank: string; of: string; dimension: string }) =>
      rank === "1"
        ? `Of ${of} values of ${dimension} with 30 customers or more, none moved further in the same direction`
        : `Of ${of} values of ${dimension} with 30 customers or more, it is number ${rank} in the same direction`,
    shown:
      "Placebo in space: the same estimate for each value as if it had been the one, the scope itself left out of the others' comparison group · values with fewer than 30 customers are left out",
    chart: "Estimates by value",
    unshown:
      "Placebo in space: the same estimate was made for other values, too; those that may tell of too few are not shown, so nothing is drawn.",
    more: (count: string) =>
      `${counted(count, "value")} that moved less ${isOne(count) ? "is" : "are"} not drawn.`,
  },
  customers: ({ both, left, joined }: { both: string; left: string; joined: string }) =>
    `Customers in scope: ${both} in both windows, ${left} only before, ${joined} only after.`,
  hidden: "Nothing is drawn of what is not shown.",
  back: "All initiatives",
  notFound: "There is no such initiative.",
  tableCaption: "Initiatives: verdict, effect, worth and return",
  effectCaption: (name: string) => `${name}: the effect and what stands beside it, 95 % intervals`,
  planCaption: "Implementation plan",
  risksCaption: "Risk register",
};

/** What the pages and the report say about the assessment of employees. */
const assessment = {
  /** Of 360° answers that came after their round's figures were shown, how many wait and for what. */
  later: (answers: number) =>
    answers === 1
      ? "1 answer came after the figures were shown and is not counted: new raters of a group count together, once there are enough of them that none can be told."
      : `${answers} answers came after the figures were shown and are not counted: new raters of a group count together, once there are enough of them that none can be told.`,
  name: "Combined assessment",
  none: "No assessment to show: scorecards or 360° reviews of a period that is over are missing.",
  title: ({ period, count, total }: { period: string; count: string; total: string }) =>
    `${period}: ${count} of ${counted(total, "employee")} ${isOne(count) ? "has" : "have"} a combined total`,
  grades: (list: string) => `: ${list}`,
  gradeCount: (grade: string, count: string) => `${count} ${grade}`,
  shown: ({ quantitative, qualitative }: { quantitative: string; qualitative: string }) =>
    `Combined total = ${quantitative} KPI total (quantitative) + ${qualitative} 360° total (qualitative), only where both exist`,
  combined: "Combined totals and ranking",
  review: "360° review",
  reviewShown: ({ period, fewest }: { period: string; fewest: string }) =>
    `${period} · mean of each group's raters, averaged by the groups' weights · except for superiors, groups of fewer than ${fewest} are hidden and count in no total; a total needs half of the groups' weight`,
  sheets: "Feedback sheets",
  sheetsShown:
    "Choose an employee for strengths, KPIs below target, changes against last time and agreed improvements",
  choose: "Employee",
  columns: {
    rank: "Rank",
    employee: "Employee",
    card: "Scorecard",
    quantitative: "Quantitative",
    qualitative: "Qualitative",
    total: "Combined total",
    reviewTotal: "360° total",
    grade: "Grade",
  },
  group: { customer: "Customers", superior: "Superior", peer: "Peers", subordinate: "Subordinates" },
  groupHead: (group: string, weight: string) => `${group} ${weight}`,
  raters: (count: string) => counted(count, "rater"),
  hidden: "not shown",
  without: (count: string) =>
    `${count} without a combined total: the quantitative or the qualitative one is missing.`,
  untold: (count: string) =>
    `${count} whose combined total and grade are not shown: they would tell a KPI that is not shown. A rank stands where it holds whatever is not shown.`,
  combinedCaption: (period: string) => `Combined totals and ranking, ${period}`,
  reviewCaption: (period: string) => `360° review, ${period}`,
  noteDash: "A dash: no ratings, or too few raters to be shown.",
};

const perGrain = { month: "by month", quarter: "by quarter", half: "by half-year", year: "by year" };

/** What the overview says. */
const overview = {
  state: ({
    period,
    good,
    total,
    bad,
    unsure,
  }: {
    period: string;
    good: string;
    total: string;
    bad: string;
    unsure: string;
  }) =>
    `${period}: ${good} of ${counted(total, "KPI")} with a target ${isOne(good) ? "is" : "are"} on target${bad}${unsure}`,
  stateUnsure: (count: string) => `; ${count} cannot be told from target`,
  stateBad: (names: string) => `; off target: ${names}`,
  stateMore: (names: string, count: string) => `${names} and others, ${count} in all`,
  stateOtherGrain: (count: string, grain: string) =>
    `; ${counted(count, "has a target", "have targets")}, but not by ${grain}`,
  stateEarlier: (count: string) =>
    `; ${counted(count, "more has", "more have")} a target, but a value of another period only`,
  stateNoTargets: (period: string, count: string, other: string | null) =>
    count === "0"
      ? "No KPI has data yet"
      : count === "1"
        ? `${period}: 1 KPI has data, and ${other === null ? "no target yet" : `no target to compare with${other}`}`
        : `${period}: ${count} KPIs have data, none has a target ${other === null ? "yet" : `to compare with${other}`}`,
  shownAll: (grain: keyof typeof perGrain) =>
    `All KPIs of the catalogue · ${perGrain[grain]}, the latest whose value is final · status against target`,
  shownChosen: (grain: keyof typeof perGrain) =>
    `KPIs chosen for this report · ${perGrain[grain]}, the latest whose value is final · status against target`,
  shown: (grain: keyof typeof perGrain) =>
    `All KPIs of the fishbones · ${perGrain[grain]}, the latest whose value is final · status against target`,
  headline: "Headline KPIs",
  changes: "What changed most",
  changesShown:
    "Against the same period last year: changes beyond chance even among all that were looked at, by their share of last year's value",
  moreChanges: (count: string) => `${count} more changed beyond chance.`,
  withinChance: (count: string) =>
    isOne(count)
      ? "The other change that can be compared is within chance."
      : `The other ${count} changes that can be compared are within chance.`,
  offTarget: "Farthest from target",
  offTargetShown: "0 % off is the target met, 100 % the floor; those off target stand first",
  distance: (share: string) => `${share} off`,
  noneOffTarget: "No KPI is surely short of its target.",
  unsure: (count: string) =>
    `${count} cannot be told from target and ${isOne(count) ? "is" : "are"} not listed.`,
  noFinal: "No KPI with a target has a final value yet.",
  setTargets:
    "No targets are set. Write them into catalog/targets.csv of your data folder, a row each with kpi_id, grain, valid_from, floor, target and stretch, and build again.",
  noneApplies: "None of the targets that are set applies here: they are of other KPIs, periods or groups.",
  moreOffTarget: (count: string) =>
    `${count} more ${isOne(count) ? "is short of its" : "are short of their"} target.`,
  better: "better",
  worse: "worse",
  noChanges: ({ tested, alone }: { tested: number; alone: number }) =>
    tested === 1
      ? "The one change that can be tested is within chance."
      : `Of ${tested} changes tested together none is beyond chance${
          alone > 0 ? `; tested alone ${alone} would be` : ""
        }.`,
  noneTested:
    "No change since last year can be tested: there is no value of last year to compare with, or the KPI is an amount of money, which is not tested.",
  certain: "more than chance",
  versusLastYear: "vs last year",
  noLastYear: "no last year to compare",
  quality: (accepted: string, share: string, tables: string) =>
    `Data quality: ${counted(accepted, "row")} loaded into ${counted(tables, "table")}; ${share} of the rows read broke the contract.`,
  qualityLink: "See data quality",
  fishboneLink: "See the fishbone",
};

/** What the page on data quality says. */
const quality = {
  title: (share: string, rows: string) =>
    isOne(rows)
      ? "The one row read broke the contract and is quarantined"
      : `${share} of ${rows} rows read broke the contract and are quarantined`,
  clean: (rows: string) =>
    isOne(rows) ? "The one row read keeps the contract" : `All ${rows} rows read keep the contract`,
  shown: (date: string, from: string, files: string) =>
    `${counted(files, "file")} of extracts read by the last build · data to ${date} (${from})`,
  subtotals: (count: string, single: boolean) =>
    ` · ${count} ${single ? "row is a sum" : "rows are sums"} of others, which breaks nothing`,
  replaced: (count: string, single: boolean) =>
    ` · ${count} ${single ? "row has" : "rows have"} a newer version in a later file, which breaks nothing`,
  catalogue: "catalogue",
  none: "This build has no record of what it read.",
  filesTitle: "Files: rows read = rows accepted + lines rejected",
  tablesTitle: "Tables: rows mapped = loaded + quarantined + duplicates",
  reasonsTitle: "Reasons for the quarantine",
  moreReasons: (count: string) => counted(count, "more reason"),
  noReasons: "No row is quarantined.",
  warningsTitle: "Warnings (the row stays)",
  noWarnings: "No warnings.",
  notGiven: (table: string) => `${table} is not among the extracts, counts as unknown`,
  notFound: (table: string) => `${table} has no such row, counts as unknown`,
  cutOffTitle: (date: string) => `Beyond the data date (${date})`,
  cutOff: (column: string, count: string, single: boolean) =>
    `${count} ${single ? "time" : "times"} of ${column} ${single ? "lies" : "lie"} beyond the data date and ${single ? "is" : "are"} not counted.`,
  balanced: "✓ holds",
  unbalanced: "✗ does not hold",
  guessed: { sure: "(told by its bytes, certain)", likely: "(told by its bytes, likely)" },
  column: {
    source: "Source",
    table_name: "Table",
    file: "File",
    bytes: "Bytes",
    encoding: "Encoding",
    rows_read: "Rows read",
    rows_accepted: "Accepted",
    lines_rejected: "Rejected",
    rows_mapped: "Mapped",
    loaded: "Loaded",
    quarantined: "Quarantined",
    duplicates: "Duplicates",
    left_out: "Left out",
    superseded: "Superseded",
    share: "Share",
    balance: "Equation",
    column_name: "Column",
    rule: "Rule",
    count: "Count",
    first: "First at",
  },
  recordsTitle: "Recorded, by table",
  freshnessTitle: "Freshness of the sources",
  driftTitle: "Sources against earlier builds",
  driftKnown: (known: string) => `Rows and empty cells: ${known}.`,
  noDrift: "Nothing unusual.",
  kpisTitle: "KPIs without data",
  kpisAll: "Every KPI has data.",
  missing: (tables: string) => `no rows in ${tables}`,
  noRows: "no case qualifies",
  publishedTitle: "The site's data",
  published: (count: string, size: string) => `${counted(count, "table")} published, ${size} compressed.`,
  left: (kpi: string, dimensions: string) => `${kpi}: without ${dimensions}`,
};

/** Why a value or a row was refused, by the rule's id. */
const rule = {
  required: "required but empty",
  id: "not an id",
  text: "not a text",
  int: "not an integer",
  decimal: "not a decimal",
  date: "not a date",
  timestamp: "not a time",
  bool: "not yes or no",
  enum: "not in the list",
  within: "outside its scale",
  minimum: "below the least value",
  maximum: "above the largest value",
  first_of_month: "not the first of a month",
  time_order: "before an earlier time",
  in_future: "after the build's start",
  superseded: "duplicate key, another row won",
  subtotal: "a sum of other rows",
  shortened_id: "an id shortened by a spreadsheet",
  error_cell: "the error of a formula",
  too_early: "before the record begins",
  placeholder_date: "a placeholder date, counts as null",
  decimal_point: "the point may group thousands",
  decimal_comma: "the comma may be the decimal one",
  two_orders: "dates that fit two formats",
  unknown_reference: "refers to no row, counts as unknown",
  no_own_limit: "no response limit of its own, that of other channels holds",
  deleted_record: "deleted in the CRM, left out",
  merged_record: "merged into another, counted once",
  resolved_before_response: "resolved before its first response, counts as never answered",
  before_acquisition: "before its customer was acquired",
  mapping_failed: "the mapping cannot take the cell",
  mixed_currencies: "amounts of one row in two currencies; convert one in the mapping",
  ragged: "wrong number of fields",
  no_json: "not a JSON object, or a key twice",
  expects_worse: "expects of its KPI what is not the better direction",
  broken_quoting: "broken quotes",
  line_too_long: "line too long",
  bad_encoding: "wrong encoding",
  too_deep: "brackets nested too deep",
  nul_byte: "zero byte",
  repeated_header: "the header again",
  no_line_end: "no line end behind the last line, perhaps cut off",
};

/** What people call the dimensions. */
export const dimensions = {
  segment: "segment",
  industry: "industry",
  region: "region",
  acquisition_channel: "acquisition channel",
  owner: "owner",
  channel: "channel",
  type: "ticket type",
  class: "complaint class",
  severity: "severity",
  agent: "agent",
  dimension: "survey dimension",
  market: "market",
  source: "lead source",
  reason: "reason",
  employee: "employee",
  team: "team",
  department: "department",
};

/** Everything the pages say; what KPIs are called comes from the catalogue. */
export const pages = {
  nav: {
    label: "Pages",
    skip: "Skip to content",
    index: "Overview",
    fishbone: "Fishbones",
    scorecards: scorecardsName,
    benefits: "Benefits",
    kpis: "KPI dictionary",
    quality: "Data quality",
    contract: "Data dictionary",
    report: "Report",
    otherLanguage: "中文",
    theme: "Switch between light and dark",
  },
  foot: {
    waiting: " ",
    build: (id: string, date: string) => `Data to ${date} · build ${id}`,
    site: "Herringbone customer KPIs",
    minCell: (fewest: string) =>
      `Of splits, figures about fewer than ${fewest} customers, employees or leads are not shown, nor those from which such could be derived.`,
  },
  punctuation: { comma: ", ", semicolon: "; ", stop: ".", list: ", ", colon: ": ", open: " (", close: ")" },
  none: "–",
  unknown: "(unknown)",
  unshown: "not shown",
  unshownGroups: (count: string) => `${counted(count, "group")} not shown`,
  all: "All",
  others: "Others",
  total: "Total",
  grain: { month: "Month", quarter: "Quarter", half: "Half-year", year: "Year" },
  perGrain,
  status: {
    good: "on target",
    near: "near target",
    bad: "off target",
    unsure: "cannot be told from target",
    few: "too few cases",
    none: "no data",
    untargeted: "no target",
  },
  direction: { up: "higher is better", down: "lower is better", none: "no better direction" },
  unit: {
    percent: "%",
    score: "points",
    minutes: "min",
    hours: "h",
    count: "",
    money: "CNY",
    nps: "points",
    points: "pp",
  },
  unitOfOne: { score: "point", nps: "point" } as Partial<Record<string, string>>,
  unitName: {
    percent: "per cent",
    score: "0–100 points",
    minutes: "minutes",
    hours: "hours",
    count: "count",
    money: "money (CNY)",
    nps: "−100–100 points",
  },
  value: {
    actual: "Actual",
    target: "Target",
    floor: "Floor",
    stretch: "Stretch",
    lastYear: "Last year",
    previous: "Previous",
    interval: "95 % interval",
    numerator: "Numerator",
    denominator: "Denominator",
    n: "n",
    period: "Period",
    value: "Value",
    median: "Median",
    p90: "90th percentile",
    mean: "Mean",
    marks: "Marks",
    awaiting: "Still open",
  },
  mark: {
    partial: (date: string) => `partial, to ${date}`,
    partialShort: "partial",
    partialNote: (date: string, isCompared: boolean) =>
      `Open point, dashed line: the period is not over, data to ${date}; ${isCompared ? "compared with the same elapsed days" : "not compared yet"}.`,
    immature: (date: string) => `immature, final on ${date}`,
    immatureShort: "immature",
    incompleteShort: "incomplete",
    immatureNote: (date: string) =>
      `Open points: the horizon is not over and values may still change; the last one is final on ${date}.`,
    awaiting: (count: string) =>
      `Open points: ${counted(count, "case is", "cases are")} still open and values may change.`,
    notFinal: "Open points: values are not final and may still change.",
    interval: "Light band: 95 % interval.",
    beyond: "▲▼: the interval goes on beyond the axis; its ends are in the table.",
    beyondPrint: "▲▼: the interval goes on beyond the axis.",
    lastYear: "Thin grey line: same period last year.",
    target: "Dotted line: target.",
    unshown: (reason: string) => `Crosses (×) stand for values ${reason}.`,
  },
  trend: {
    higher: (other: string, by: string) => `${by} above ${other}`,
    lower: (other: string, by: string) => `${by} below ${other}`,
    same: (other: string) => `level with ${other}`,
    otherLastYear: "last year",
    otherPrevious: "the previous period",
    earlier: (count: string) => counted(count, "earlier period"),
    versusPrevious: "vs previous",
    run: "Trend",
    certain: "more than chance",
    chance: "within chance",
    shown: ({
      kpi,
      scope,
      period,
      unit,
      n,
      counts,
    }: {
      kpi: string;
      scope: string;
      period: string;
      unit: string;
      n: string;
      counts: string;
    }) => `${kpi} · ${scope} · ${period} · ${unit} · n\u00a0=\u00a0${n} (${counts})`,
    noData: (label: string, reason: string) => `${label}: no data (${reason})`,
    unshown: (label: string, scope: string, reason: string) => `${label} (${scope}) ${reason}`,
    allCases: "the whole company",
    table: "Values",
    chartLabel: (label: string, from: string, to: string) => `Trend of ${label}, ${from} to ${to}`,
    latest: (period: string) => `Latest period: ${period}`,
    split: "Split by",
    noSplit: "no split",
    splitBy: (dimension: string) => `split by ${dimension}`,
    splitTitle: (dimension: string, count: string) => `By ${dimension}: ${count}`,
    splitRest: (shown: number, rest: number) =>
      `Drawn: the ${shown} groups with the most cases; the other ${isOne(rest) ? "one is" : `${rest} are`} in the table below.`,
    splitAll: (count: number) => counted(count, "group"),
    splitUnshown: (count: number, reason: string) => `${counted(count, "group")} ${reason}.`,
    grain: "Period",
    filter: "Filter",
    selected: (scope: string, grain: string) => `Showing ${scope}, ${grain}`,
    reset: "Clear filters",
    notCombinable: (dimension: string) =>
      `The split by ${dimension} is over all cases: it does not combine with filters.`,
    notFound: (control: string, value: string) =>
      `The address asks for “${value}” under “${control}”, which is not there: shown without it.`,
    allCasesOnly: "This does not combine with the filters chosen; clear them to see it.",
    ownScales: "The groups differ too much for one scale: each panel has its own, with last year in grey.",
    sameScale: "All panels share one vertical scale; the grey line is the whole.",
    previousKpi: "Previous KPI",
    nextKpi: "Next KPI",
    back: "Back to the fishbone",
    definition: "Definition",
    toDictionary: "Full definition in the KPI dictionary",
    pareto: "Reasons for churn",
    paretoTitle: (reason: string, share: string) => `The first reason is ${reason}, ${share} of losses`,
    paretoShown: (period: string, n: string) =>
      `Customers lost by reason, with the cumulative share · ${period} · n\u00a0=\u00a0${n} (customers lost)`,
    paretoOfShown: (reason: string, share: string) =>
      `The first of the reasons shown is ${reason}, ${share} of losses`,
    paretoShare: "Share",
    paretoCumulative: "Cumulative",
    paretoCount: "Customers lost",
    percentiles: "Median and 90th percentile",
    percentilesTitle: (median: string, p90: string) =>
      `Half of the tickets take at most ${median}, nine in ten at most ${p90}`,
    percentilesShown: (scope: string, period: string) =>
      `Median, mean and 90th percentile · ${scope} · ${period}`,
    leftOut: (dimensions: string) =>
      `Not published, for size: ${dimensions}. The command line answers with kpi --where.`,
    loading: "Reading data",
  },
  change,
  fishbone: {
    title: (good: string, total: string, period: string) => `${period}: ${good} of ${kpis(total)} on target`,
    silentTitle: (period: string) => `${period}: no KPI of the branches has data`,
    otherGrain: (grain: string) => `with a target, but not by ${grain}`,
    untargetedTitle: (total: string, period: string, other: string | null) =>
      `${period}: ${kpis(total)}, ${other === null ? "no targets yet" : `no targets to compare with${other}`}`,
    shown: (department: string, grain: string, noData: string) =>
      `${department} KPIs · ${grain} · status against target, change against last year${noData}`,
    noData: (count: string) => ` · ${count} without data`,
    headCount: (good: string, total: string) => `${good} / ${total} on target`,
    label: (department: string) => `Fishbone of ${department}`,
    keys: "Arrow keys walk the KPIs, Enter opens a KPI's page, Escape returns.",
    all: "Fishbones",
    none: "The catalogue has no fishbone.",
    successFactors: "Key success factors",
    legend: "Legend",
    versusLastYear: "vs last year",
    noComparison: "no last year",
    certainLegend:
      "Bold change: more than chance. Line: last 13 periods. The thicker the bone, the larger its weight in the scorecard.",
  },
  missing: {
    title: (count: string) => `${counted(count, "KPI has", "KPIs have")} no data yet`,
    shown: "What each group waits for stands before it: add that table or column and build again",
    inPeriod: (count: string, period: string) =>
      `${counted(count, "KPI has", "KPIs have")} no value in ${period}`,
    inPeriodShown: "Why stands before each group",
  },
  problems,
  scores,
  weights,
  assessment,
  benefits,
  overview,
  quality,
  reconciliations: {
    name: "Reconciliations",
    link: "Figures reconciled with those of other systems",
    none: "No figure is reconciled with another system's",
    how: "herringbone reconcile KPI --with FILE --period PERIOD --page show has the site show one.",
    allExplained: (count: string) =>
      isOne(count)
        ? "The one figure reconciled with another system agrees or is wholly explained"
        : `All ${count} figures reconciled with other systems agree or are wholly explained`,
    someOpen: (open: string, count: string) =>
      isOne(count)
        ? "The one figure reconciled with another system is not wholly explained"
        : `Of ${count} figures reconciled with other systems ${open} ${isOne(open) ? "is" : "are"} not wholly explained`,
    shown: "Our figure, theirs, and what leads from one to the other, by cause",
    way: "from ours to theirs",
    line: ({ ours, theirs, outcome }: Given<"ours" | "theirs" | "outcome">) =>
      `Ours ${ours}, theirs ${theirs}; ${outcome}.`,
    same: "Both figures are the same.",
    zone: (theirs: string, ours: string) => `Time zones: theirs ${theirs}, ours ${ours}.`,
    made: (day: string, build: string) => `Made on ${day} with build ${build}.`,
    madeBefore: (day: string, build: string) =>
      `Made on ${day} with build ${build}, not with that of this site: our figure may be another now.`,
  },
  rule,
  dictionary: {
    title: (count: string) => (count === "1" ? "What the KPI means" : `What ${count} KPIs mean`),
    shown: "Definition, formula, direction, maturity, dimensions and the way from KPI to contract columns",
    definition: "Definition",
    formula: "Formula",
    direction: "Direction",
    unit: "Unit",
    interval: "Interval",
    horizon: "Final",
    horizonDays: (days: string) => `${counted(days, "day")} after the period's end`,
    horizonAwaited: "when no case is still open",
    limitsHead: "Response limits",
    limits: {
      text: ({
        complaints,
        others,
        clock,
        shipped,
      }: {
        complaints: string;
        others: string;
        clock: string;
        shipped: string;
      }) => `Complaints: ${complaints}. All others by channel: ${others}. ${clock}${shipped}`,
      complaints: (limits: string) => `Complaints: ${limits}.`,
      others: (limits: string) => `All others by channel: ${limits}.`,
      general: (label: string) => `${label} or unclassified`,
      other: "any other or none",
      elapsed: "Time runs around the clock.",
      business: "Only business time counts.",
      shipped: " These are the shipped defaults: settings.yaml sets no other response_limits.",
    },
    horizonLimits: "when the longest response limit has passed since the period's end",
    horizonNone: "at the period's end",
    dimensions: "Dimensions",
    lineageCount: (models: string, columns: string) =>
      `Lineage: ${counted(models, "model")}, ${counted(columns, "contract column")}`,
    lineageModels: "Models",
    lineageColumns: "Contract columns",
    open: "Open the KPI's page",
    others: "Other KPIs",
    additive: "adds up over months",
    notAdditive: "computed for each period",
    kind: {
      rate: "Wilson 95 %",
      customer_rate: "Wilson 95 %, by customer",
      poisson_rate: "exact Poisson",
      mean: "Student t 95 %",
      count: "exact Poisson",
      sum: "none",
      growth: "none",
      share: "none",
      nps: "adjusted Wald",
    },
  },
  contract: {
    title: (tables: string, columns: string) =>
      `The contract: ${counted(tables, "table")}, ${counted(columns, "column")}`,
    shown: "Every source is mapped onto these tables; columns marked personal appear on no page or report",
    column: "Column",
    type: "Type",
    marks: "Marks",
    rules: "Values and references",
    required: "required",
    key: "key",
    personal: "personal",
    managed: "kept by the KPI team",
    references: (table: string) => `→ ${table}`,
    atLeast: (value: string) => `≥ ${value}`,
    between: (low: string, high: string) => `${low}–${high}`,
    kind: {
      id: "id",
      text: "text",
      int: "integer",
      decimal: "decimal",
      date: "date",
      timestamp: "time",
      bool: "yes / no",
      enum: "enum",
      open: "open words",
    },
  },
  dimension: dimensions,
};

/** What the printed report says beyond the words it shares with the pages. */
export const report = {
  title: "Customer KPI report",
  subject: (scope: string, period: string) => `${scope}, ${period}`,
  cover: { scope: "Scope", period: "Period", dataTo: "Data to", build: "Build", status: "Status" },
  contents: "Contents",
  undrawn: (characters: string) =>
    `No font of this machine draws these characters, they are boxes here: ${characters}.`,
  seeMissing: (count: string) =>
    count === "1"
      ? "1 of its KPIs has no data yet; what it waits for stands in the section on missing data."
      : `${count} of its KPIs have no data yet; what each waits for stands in the section on missing data.`,
  weightsShown:
    "The weights in force, and how large a change of one flips the grade, the others following proportionally",
  others: "Other KPIs",
  summary: {
    name: "Summary",
    title: (title: string, period: string) => `${title}, ${period}`,
  },
  feedback: {
    title: (who: string) => `Feedback for ${who}`,
    nothing:
      "There are no figures and no review of this employee in the period, so that there is nothing to say.",
    caption: (period: string) => `KPIs of the scorecard by how they stand, ${period}`,
    employee: "Employee's signature",
    manager: "Manager's signature",
    columns: { gap: "Gap", last: "Last time", change: "Change" },
    change: {
      better: "better",
      worse: "worse",
      within_chance: "within chance",
      no_test: "not tested",
      no_direction: "",
    },
  },
  signoff: {
    name: "Sign-off",
    shown: "Signed once the figures have been checked; figures of a closed period are kept as signed.",
    role: "Step",
    person: "Name",
    signature: "Signature",
    date: "Date",
    prepared: "Prepared",
    reviewed: "Reviewed",
    approved: "Approved",
    caption: "Who stands behind this report",
    figures: "Figures signed",
    counted: ({ values, scores, initiatives }: Record<"values" | "scores" | "initiatives", number>) =>
      [
        [values, "KPI value"] as const,
        [scores, "scorecard total"] as const,
        [initiatives, "initiative"] as const,
      ]
        .filter(([count]) => count > 0)
        .map(([count, what]) => counted(String(count), what))
        .join(", ") || "the counts of data quality",
    command: "Command",
    check: "Check",
    verify: "npx herringbone verify FILE.pdf",
  },
  key: "How to read the charts",
  keyShown: "One meaning has the same mark on every page.",
  keys: {
    actual: "Actual value of a complete period",
    partial: "A period not over yet, or not wholly recorded",
    immature: "Immature: the value may still change",
    lastYear: "Same period last year",
    target: "Target",
    interval: "95 % confidence interval",
    change: "Bold change: more than chance",
  },
  statusKeys: {
    good: "On target",
    near: "Between floor and target",
    bad: "Below the floor, or off target",
    unsure: "With a question mark: cannot be told from target, the 95 % interval reaches across",
    none: "No data",
    few: `Fewer than ${fewestCases} cases: not judged`,
    untargeted: "No target, or value not final",
  },
  figure: (number: number) => `Figure ${number}`,
  table: (number: number) => `Table ${number}`,
  continued: (caption: string) => `${caption} (continued)`,
  page: { before: "Page ", between: " of ", after: "" },
  section: {
    met: ({ name, good, total }: { name: string; good: string; total: string }) =>
      `${name}: ${good} of ${kpis(total)} on target`,
    allMet: ({ name, total }: { name: string; total: string }) =>
      total === "1" ? `${name}: its KPI is on target` : `${name}: all ${total} KPIs on target`,
    targetedMet: ({ name, total }: { name: string; total: string }) =>
      total === "1"
        ? `${name}: the only KPI with a target is on target`
        : `${name}: all ${total} KPIs with a target are on target`,
    noneMet: ({ name, total }: { name: string; total: string }) =>
      total === "1" ? `${name}: its KPI is not on target` : `${name}: none of ${total} KPIs on target`,
    missed: (names: string) => `; off target: ${names}`,
    unsure: (count: string) => `; ${count} cannot be told from target`,
    untargeted: ({ name, total, other }: { name: string; total: string; other: string | null }) =>
      `${name}: ${kpis(total)}, ${other === null ? "no targets yet" : `no targets to compare with${other}`}`,
    shown: ({ department, period }: { department: string | null; period: string }) =>
      `${department === null ? "" : `${department} · `}${period} · status against target, change against last year`,
    tableCaption: ({ name, period }: { name: string; period: string }) =>
      `${name}, ${period}; other periods are named`,
    figureCaption: ({
      label,
      periods,
      from,
      to,
    }: {
      label: string;
      periods: string;
      from: string;
      to: string;
    }) => `${label} ${periods}, ${from} to ${to}`,
  },
  rankingCaption: ({ problem, period }: { problem: string; period: string }) =>
    `Possible causes of "${problem}" by how far off target the KPIs are that would show them, ${period}; other periods are named`,
  columns: {
    kpi: "KPI",
    value: "Value",
    interval: "95 % interval",
    target: "Target",
    status: "Status",
    change: "vs last year",
    n: "n",
  },
  interval: " – ",
  quality: {
    filesCaption:
      "Files: rows read = rows accepted + lines rejected; rows read are counted by an independent byte pass",
    tablesCaption: "Tables: rows mapped = loaded + quarantined + duplicates",
    reasonsCaption: "Reasons for the quarantine, by rows",
    warningsCaption: "Warnings: the row stays, a missing match counts as unknown",
    filesEquation: ({ read, accepted, rejected }: { read: string; accepted: string; rejected: string }) =>
      `${read} read = ${accepted} accepted + ${rejected} rejected`,
    tablesEquation: ({
      mapped,
      loaded,
      quarantined,
      duplicates,
    }: {
      mapped: string;
      loaded: string;
      quarantined: string;
      duplicates: string;
    }) => `${mapped} mapped = ${loaded} loaded + ${quarantined} quarantined + ${duplicates} duplicates`,
    leftOut: (rows: string) => `; ${counted(rows, "row")} left out by mappings before`,
    cleanFiles: (count: string) => `${counted(count, "file")} with no line rejected`,
    cleanTables: (count: string) => `${counted(count, "table")} loaded whole`,
    more: (count: string, rows: string) =>
      `${counted(count, "more reason")} with ${counted(rows, "row")} in all.`,
    personal:
      "The offending values stay in the warehouse; this report leaves them out because they may name a person.",
    ofCompany:
      "How many rows were read and refused, and which of the company's closed figures are another now, stands in the company's data-quality certificate.",
  },
  definitions: {
    caption: "Definitions of the KPIs",
    kpi: "KPI",
    horizon: "Final, unit, direction",
    notes: "Notes",
    limitsBelow: "Its response limits stand below the table.",
    limits: "Response limits",
    more: (count: string) => `And ${counted(count, "more definition")} in the KPI report.`,
  },
  appendix: {
    name: "Appendix",
    title: (parts: string) => `Appendix: ${parts}`,
    parts: {
      definitions: "definitions",
      weights: "weights in force",
      quality: "data quality",
      again: "how to make this report again",
    },
    weights: {
      head: "Weights in force",
      caption: "Weights behind the totals of this report",
      card: "Scorecard",
      version: "Version",
      from: "Valid from",
      by: "Set by",
      weights: "Weights",
      versionOf: (version: string, versions: string) => `${version} of ${versions}`,
    },
    quality: "Data quality in brief",
    qualityElsewhere: "All counts and reasons stand in the data-quality certificate.",
    again: "How to make this report again",
    againShown:
      "The same build gives the same file, byte for byte; the check works the figures out anew and says which agree.",
  },
  footnotes: {
    partial: (date: string) => `Partial: the period is not over, data to ${date}.`,
    incomplete: "Not wholly recorded: part of the period is missing.",
    immature: (date: string) => `Immature: the value may still change until ${date}, when it is final.`,
    awaiting: "Immature: cases are still open; the value is final once none is.",
    few: `Small n: fewer than ${fewestCases} cases, not judged.`,
  },
  nothing: {
    title: (title: string) => `${title}: no data for this report`,
    why: "None of the tables that this report is made of has rows in the period and scope. npx herringbone check says what each KPI waits for.",
    ofPart:
      "Nothing that this report tells of is of this part of the company in the period: its KPIs are not told apart by it or have no case there, its initiatives and closed figures are of others, what was read and refused is the whole company's.",
  },
  andMore: (count: string) => `And ${count} more in the KPI report.`,
  notes: ({ zone, asOf, churn }: { zone: string; asOf: string; churn: string }) => [
    `Periods begin and end at midnight in the time zone ${zone}; nothing after ${asOf} is counted.`,
    churn,
    "Intervals are 95 %: Wilson's for rates, Student's t for means, exact Poisson for counts. Whether a change is more than chance is a test at 0.05: two proportions for rates, the exact test of two Poisson counts for counts, Welch for means, z for NPS; none for money and growth.",
    "Differences of rates are percentage points (pp). A dash (–) means no data, not zero.",
    "Order in time is not cause: this report states changes and does not claim their reasons.",
  ],
  churnRule: {
    status: (_days: string) => "A customer is lost when its status record says so.",
    inactivity: (days: string) => `A customer without an order for ${days} days counts as lost.`,
    contract: (_days: string) => "A customer is lost when none of their contracts runs any longer.",
  },
};

/** Everything a feedback sheet says; what KPIs and grades are called comes from the catalogue. */
export const feedback = {
  title: (who: string, period: string) => `Feedback for ${who}, ${period}`,
  dot: " · ",
  list: ", ",
  semicolon: "; ",
  stop: ".",
  headings: {
    overall: "Overall",
    strengths: "Strengths",
    belowTarget: "Below target",
    unsure: "Cannot be told from target",
    others: "Without a target",
    notScored: "Not scored",
    review: "360° review",
    improvements: "Agreed improvements",
    reading: "How to read this",
  },
  partial: "The period is not over: values are shown, nothing is scored.",
  noCard: "There is no scorecard with data on this person for this period.",
  kpiTotal: (total: string, grade: string) => `KPI total ${total} (${grade})`,
  reviewTotal: (total: string, grade: string) => `360° total ${total} (${grade})`,
  combinedTotal: (total: string, grade: string) => `Combined ${total} (${grade})`,
  combinedParts: ({
    quantitative,
    qualitative,
    weights,
  }: {
    quantitative: string;
    qualitative: string;
    weights: [string, string];
  }) => `quantitative ${quantitative} at ${weights[0]}, qualitative ${qualitative} at ${weights[1]}`,
  provisional: (grade: string) => `${grade}, provisional`,
  rank: (rank: string, ranked: string | null) => `, rank ${rank}${ranked === null ? "" : ` of ${ranked}`}`,
  covered: (share: string) => `, on ${share} of the weight`,
  /** In the place of a figure. */
  hidden: "not shown",
  kpiTotalUntold: (names: string) =>
    `KPI total and grade are not shown: they would tell what is not shown itself (${names})`,
  combinedUntold: "The combined total and its grade are not shown either",
  rangeTold: (low: string, high: string) => `by what is shown the total lies between ${low} and ${high}`,
  rankTold: (rank: string, ranked: string | null) => `rank ${rank}${ranked === null ? "" : ` of ${ranked}`}`,
  rankUntold: ", rank not shown",
  noKpiTotal: (share: string) => `No KPI total: only ${share} of the weight has a score, less than half.`,
  noCombined: (lacks: readonly ("kpi" | "review")[]) =>
    `No combined assessment: there is no ${lacks.map((part) => (part === "kpi" ? "KPI total" : "360° total")).join(" and no ")}.`,
  higher: (previous: string, by: string) => `${by} above last time's ${previous}`,
  lower: (previous: string, by: string) => `${by} below last time's ${previous}`,
  same: (previous: string) => `the same as last time's ${previous}`,
  incomparable: (previous: string) =>
    `${previous} last time; nothing is scored in both periods, not compared`,
  scoredInBoth: ({
    previous,
    from,
    to,
    basis,
  }: {
    previous: string;
    from: string;
    to: string;
    basis: string;
  }) =>
    `${previous} last time; compared over what is scored in both periods: ${from} → ${to}${basis === "" ? "" : ` (${basis})`}`,
  reweighed: (delta: string) => `weights have changed, by the former ones ${delta}`,
  joined: (names: string) => `joined: ${names}`,
  fellOut: (names: string) => `fell out: ${names}`,
  atTarget: (kpi: string, value: string, target: string, n: string) =>
    `${kpi}: ${value}, at the target of ${target} (n = ${n})`,
  beyondTarget: (kpi: string, value: string, target: string, n: string) =>
    `${kpi}: ${value}, better than the target of ${target} (n = ${n})`,
  shortOfTarget: (kpi: string, value: string, target: string, gap: string, n: string) =>
    `${kpi}: ${value}, target ${target}, missed by ${gap} (n = ${n})`,
  untargeted: (kpi: string, value: string, score: string, n: string) =>
    `${kpi}: ${value}, score ${score} (n = ${n})`,
  near: "near target",
  notScored: (kpi: string, value: string | null, why: string) =>
    value === null ? `${kpi}: ${why}` : `${kpi}: ${value}; ${why}`,
  unscored: (reason: Unscored, n: string, recorded: string | null) =>
    ({
      no_data: recorded === null ? "no data" : `no data: ${recorded}`,
      no_cases: "nothing to count in the period",
      partial: "the period is not over",
      incomplete: recorded ?? "the period is not wholly recorded",
      immature: "the value may still change",
      few_cases: `too few cases: ${n === "1" ? "only 1" : `only ${n}`}, fewer than ${fewestCases}`,
      no_target: "no target that holds for one person",
    })[reason],
  previous: (value: string, change: Change) => {
    const said: Record<Change, string> = {
      better: ", better now by more than chance",
      worse: ", worse now by more than chance",
      within_chance: ", the change is within chance",
      no_test: ", not tested",
      no_direction: "",
    };
    return `${value} last time${said[change]}`;
  },
  bestDimensions: (names: string, score: string) => `Rated highest in the 360° review: ${names} (${score})`,
  noReview: "There is no 360° review for this period.",
  reviewLater: "The 360° review is shown once the period is over.",
  noReviewTotal: "There is no 360° review to show: every group has too few raters.",
  groups: { customer: "customers", superior: "superior", peer: "peers", subordinate: "subordinates" },
  group: (name: string, score: string, raters: string) =>
    `${name} ${score} (${raters === "1" ? "1 rater" : `${raters} raters`})`,
  fewRaters: (names: string, fewest: string) => `not shown, fewer than ${fewest} raters: ${names}`,
  noSuperior: "no superior has rated",
  dimensions: (each: readonly [string, string][]) =>
    `By dimension: ${each.map(([name, score]) => `${name} ${score}`).join(", ")}`,
  hiddenDimensions: "some groups keep single dimensions back, so that no rater can be told",
  agreed: ({
    measure,
    about,
    agreed,
    due,
    status,
  }: {
    measure: string;
    about: string | null;
    agreed: string;
    due: string;
    status: string;
  }) => `${measure} (${about === null ? "" : `${about}; `}agreed ${agreed}, due ${due}, ${status})`,
  dimension: (name: string) => `360° ${name}`,
  status: { open: "not started", in_progress: "in progress", done: "done", dropped: "dropped" },
  measured: (before: string, after: string) => `${before} → ${after}`,
  measurement: (value: string, period: string, n: string | null) =>
    `${value} (${period}${n === null ? "" : `, n = ${n}`})`,
  verdict: {
    better: "better by more than chance",
    worse: "worse by more than chance",
    within_chance: "the change is within chance",
    still_running: (grain: string, day: string) =>
      `no whole ${grain} has passed since it was due; it can be judged from ${day}`,
    immature: "the value may still change, not judged yet",
    incomplete: "the period before or after is not wholly recorded, not judged",
    no_data: "no data both before and after, not compared",
    no_test: "there is no test for these figures, so they are shown and not judged",
    no_direction: "a KPI without a better direction, not judged",
    not_measured: "names no KPI, cannot be measured",
    dropped: "dropped, not judged",
  },
  grain: { month: "month", quarter: "quarter", half: "half-year", year: "year" },
  reading: {
    target:
      "What cannot be told from its target has a 95 % interval that does not lie wholly on one side of it: being better or worse than the target may be chance.",
    change:
      "A change is more than chance where a test of that one change says so at 0.05: where nothing has changed, about one comparison in twenty is called so all the same. Before and after show that something changed, not why.",
    totals: "Totals have no interval: where cases are few, chance alone can move them far.",
    provisional: "Provisional: less than 80 % of the weight has a score.",
    cases: `KPIs with fewer than ${fewestCases} cases are not scored.`,
    anonymity: (fewest: string) =>
      `Except for superiors, groups and dimensions with fewer than ${fewest} raters are not shown and count in no score.`,
  },
};

/** What tables of figures on the command line are headed and marked with. */
export const figures = {
  units: {
    percent: "%",
    score: "0–100",
    minutes: "min",
    hours: "h",
    count: "count",
    nps: "−100–100",
  },
  period: "period",
  value: "value",
  interval: "95 % interval",
  n: "n",
  median: "median",
  p90: "p90",
  open: "open",
  compared: { previous: "previous", year: "last year" },
  delta: "Δ",
  relative: "Δ relative",
  points: "pp",
  partial: "partial",
  immature: "immature",
  incomplete: "incomplete",
  target: "target",
  status: "status",
  statuses: { on: "on target", near: "near target", off: "off target" },
  unsure: "cannot be told from target",
  few: "too few cases",
  certain: "more than chance",
  noData: "no data: ",
  notes: "partial: the period is not over; immature: the value may still change. “–”: no data.",
  bracketed: (text: string) => ` (${text})`,
};

/** Units as they stand behind a figure. */
export const units = {
  percent: " %",
  score: " points",
  minutes: " min",
  hours: " h",
  count: "",
  nps: " points",
  points: " pp",
};

/** How firm a grade is. */
export const firmness = {
  fixed: "firm: no change of a single weight flips it",
  firm: (points: string) => `firm: it takes at least ${points} points of one weight to flip it`,
  unstable: (points: string) => `unstable: ${points} points of weight flip it`,
};

/** That a KPI has no target for periods of a length, and what those are called. */
export const targets = {
  grain: { month: "month", quarter: "quarter", half: "half-year", year: "year" },
  text: (grain: string, others: string) => `no target by ${grain} (there is one by ${others})`,
  or: " and by ",
};

/** Why there is no value. */
export const reasons = {
  no_table: (names: string) => `no rows of ${names}`,
  no_column: (names: string) => `column not mapped or empty in every row: ${names}`,
  no_kind: (names: string) => `no row of this kind: ${names}`,
  day_precision: (names: string) => `times hold days only: ${names}`,
  before_record: (table: string, day: string) => `before the first record: ${table} begins on ${day}`,
  after_record: (table: string, day: string) =>
    table === "" ? `after the data, which end on ${day}` : `after the last record: ${table} ends on ${day}`,
  few: (count: number, of: Contributors) =>
    `not shown: fewer than ${count} ${of}, or such a figure could be derived from it`,
  no_cases: (conditions: string, { against, lacks }: Pick<Reason, "against" | "lacks">) => {
    const ground = against && `nothing ${against === "year" ? "a year" : "the period"} before to grow from`;
    if (lacks === "base") return ground ?? "there are cases, but what they are divided by is not above 0";
    const none = `no case in the period${lacks === "month" ? " or in one of its months" : ""}`;
    return `${none}${ground ? `, or ${ground}` : ""}${conditions && `: it takes ${conditions}`}`;
  },
  incomplete: {
    from: (table: string, day: string) => `incomplete: ${table} recorded from ${day}`,
    to: (table: string, day: string) => `incomplete: ${table} recorded to ${day}`,
  },
  looksBack: ({ days, months }: Span) =>
    `, and it looks back ${months > 0 ? `${months} months` : `${days} days`}`,
  and: " and ",
  open: "the values may still change, and are not compared",
  or: " or ",
  list: ", ",
};

/** What the report of `check` says. */
export const checks = {
  build: (id: string, asOf: string, from: string) => `Build ${id}, data up to ${asOf} (${from})`,
  attempt: (at: string, code: number) => `Build of ${at}, failed (exit code ${code})`,
  files: "Files: rows read = accepted by the reader + lines it rejected",
  tables: "Tables: rows mapped = loaded + quarantined + duplicates",
  quarantine: "Quarantine, by rule",
  warnings: "Kept with a warning",
  sources: "Sources",
  records: "Recorded, by table",
  kpis: "KPIs without data",
  closed: "Closed periods",
  freshness: (day: string) => `Freshness on ${day}, by source and table`,
  drift: (known: string) => `Against earlier builds: ${known}`,
  ignored: "Files nothing was read from",
  none: "none",
  comma: ", ",
  colon: ": ",
  bracketed: (text: string) => ` (${text})`,
  example: "for example",
  late: "LATE",
  guessed: (isSure: boolean): string =>
    isSure ? ", told by its bytes, certain" : ", told by its bytes, likely",
  fileEquation: (read: string, accepted: string, rejected: string) => `${read} = ${accepted} + ${rejected}`,
  tableEquation: (mapped: string, loaded: string, quarantined: string, duplicates: string) =>
    `${mapped} = ${loaded} + ${quarantined} + ${duplicates}`,
  superseded: (count: string) => `${count} of the quarantined superseded`,
  leftOut: (count: string) => `${count} left out by the mapping`,
  share: (share: string, limit: string) => `${share} against the limit of ${limit}`,
  fileCount: (count: string) => `files: ${count}`,
  modified: (time: string) => `last written ${time}`,
  newest: (day: string) => `newest row ${day}`,
  expected: (every: string) => `expected every ${every}`,
};

/** What is said of closed periods and their restatements. */
export const closed = {
  title: "Restatements of closed periods",
  unchanged: (period: string, compared: string) =>
    `${period}: unchanged, ${compared} closed figures compared.`,
  restated: (period: string, restated: string, compared: string) =>
    `${period}: ${restated} of ${compared} closed figures have another value now.`,
  closedBy: (day: string, build: string, now: string) =>
    `Closed on ${day} with build ${build}; now build ${now}. The closed figures stay what was signed; everything else here shows today's.`,
  notFinal: (count: string) => `${count} of the closed figures were not final (immature or incomplete).`,
  others: (count: string) => `Further figures that differ, by dimension: ${count}.`,
  unlisted: (count: string) => `${count} more are not listed here: too many, or of few.`,
  ofOtherData: (periods: string) => `Closed on other data, and not compared: ${periods}.`,
  column: {
    period: "Period",
    figure: "Figure",
    scope: "Of",
    old: "Closed",
    now: "Now",
    why: "Why",
  },
  company: "company",
  nothing: "none",
  covered: (share: string) => `weight covered ${share}`,
  median: (value: string) => `median ${value}`,
  p90: (value: string) => `90th percentile ${value}`,
  cause: {
    removed: "it is no longer in the catalogue",
    definition: "the definition or a setting changed",
    kpis: "its KPIs are restated",
    uncounted: "its rows are too many, or have no key, to be told apart",
  },
  rows: (moves: readonly string[]) => `rows: ${moves.join(", ")}`,
  cardCause: "its KPIs, weights, targets or grades were changed",
  parts: { numerator: "numerator", denominator: "denominator", case_on: "day" },
  keys: {
    answer_id: "answer",
    case_id: "case",
    case_kind: "kind",
    case_on: "day",
    customer_id: "customer",
    employee_id: "employee",
    event_id: "event",
    handoff_id: "hand-off",
    lead_id: "lead",
    line_no: "line",
    month_on: "month",
    opportunity_id: "opportunity",
    order_id: "order",
    ticket_id: "ticket",
    training_id: "training",
    company: "company",
    is_complaint: "complaint or not",
    is_elapsed: "time over or not",
    is_follow_up: "follow-up or not",
    is_loss: "loss or not",
    is_praise: "praise or not",
  },
  and: ", ",
  keyed: " – ",
  moved: {
    came: (count: string) => `${count} came`,
    went: (count: string) => `${count} went`,
    changed: (count: string) => `${count} changed`,
  },
  noRows: "none of its rows changed: what is recorded did",
  move: { came: "came", went: "went", changed: "changed" },
  colon: ": ",
  comma: ", ",
  semicolon: "; ",
  bracketed: (text: string) => ` (${text})`,
  equals: (value: string, parts: string) => `${value} (${parts})`,
};

/** The heads of the list of closed periods. */
export const closingsTable = {
  period: "period",
  version: "version",
  closed: "closed",
  build: "build",
  figures: "figures",
  notFinal: "not final",
  restated: "restated since",
  reopened: "reopened",
  why: "why",
};

/** What is said of the figures in which two builds differ. */
export const diffTable = {
  between: (older: string, newer: string) => `${older} → ${newer}`,
  build: (id: string, day: string) => `build ${id} (data to ${day})`,
  noPeriods: "no period is in both builds and was over in the older one",
  none: (periods: string) =>
    `no figure differs; periods compared: ${periods}, all over in the older build (those under way then are not compared)`,
  count: (figures: string, periods: string) =>
    `figures that differ: ${figures}; periods compared: ${periods}, all over in the older build (those under way then are not compared)`,
  rows: (tables: string) => `rows that came, went or changed: ${tables}`,
  noRows: "rows that came, went or changed: none",
  table: (name: string, moves: string) => `${name} ${moves}`,
  redefined: {
    definition: (names: string) =>
      `not the same figure in both builds, since the definition or a setting changed: ${names}`,
    card: (names: string) =>
      `not the same score in both builds, since its KPIs, weights, targets or grades were changed: ${names}`,
    came: (names: string) => `in the newer build alone, and not compared: ${names}`,
    went: (names: string) => `in the older build alone: ${names}`,
    cut: (names: string) => `by dimensions of the newer build alone, and not compared: ${names}`,
  },
  cutBy: (name: string, dimensions: string) => `${name} (${dimensions})`,
  further: (names: string, count: string) => `${names} and ${count} more`,
  company: "of the company, what moved furthest for its size first:",
  more: (count: string) => `of the company: ${count} figures more, listed with --all (csv and json hold all)`,
  moreOfAll: (count: string) => `${count} figures more, listed with --all (csv and json hold all)`,
  groups: (count: string) => `of groups: ${count} figures, listed with --groups (csv and json hold all)`,
  ofCompany: "company",
  ofGroups: "groups",
  periods: "periods",
  largest: "largest move of the company",
  move: (period: string, old: string, now: string) => `${period}: ${old} → ${now}`,
  span: (first: string, last: string) => `${first} – ${last}`,
  period: "period",
  figure: "figure",
  scope: "of",
  old: "old",
  now: "new",
  why: "why",
};

/** The heads of the list of forgotten persons. */
export const forgetTable = { day: "forgotten on", persons: "persons", pending: "not ended" };

/** The heads of the list of builds. */
export const buildsTable = {
  build: "build",
  built: "built (UTC)",
  dataTo: "data to",
  files: "files",
  rows: "rows",
  bytes: "bytes read",
  signed: "closed periods",
  state: "state",
  states: { current: "current", kept: "kept", unreadable: "cannot be read" },
};

/** What the command line's table of an assessment says. */
export const assessmentTable = {
  titles: { review_360: "360° review", combined: "Combined assessment" },
  rank: "rank",
  employee: "employee",
  total: "total",
  grade: "grade",
  covered: "weight covered",
  provisional: (grade: string) => `${grade} (provisional)`,
  parts: { quantitative: "quantitative", qualitative: "qualitative" } as Record<string, string>,
  scorecard: "scorecard",
  nobody: "Nobody has any data.",
  partial: "The period is not over: reviews are shown after its end.",
  noTotal: "“–”: one of the two totals is missing, so there is no combined one.",
  hidden: (fewest: number) =>
    `“–”: not shown; except for superiors, groups with fewer than ${fewest} raters are not shown and count in no total; a total needs half of the groups' weight and is provisional below 80 %.`,
};

/** What the command line's table of a change explained says. */
export const explainTable = {
  colon: ": ",
  comma: ", ",
  certain: "more than chance",
  chance: "within chance",
  partial: " (partial: only the elapsed days of both periods)",
  immature: " (immature: the values may still change)",
  weightFrom: "weight before (%)",
  weightTo: "weight now (%)",
  rate: "own change",
  mix: "mix change",
  contribution: "contribution",
  others: (count: number) => `${count} others`,
  total: "total",
  none: "no change to split",
  noValue: (period: string) => `no value in ${period}`,
  notes:
    "The contributions add up to the change. own change: by the group's own value; mix change: by its weight; more than chance: the group's own change, tested among all groups looked at. “–”: no data.",
};

/** What the rules of models ask for, said for people; a column is called as files know it. */
export const reconcileRules = {
  colon: ": ",
  comma: ", ",
  /** A column's own name behind what people call it. */
  named: (label: string, name: string) => `${label} (${name})`,
  columns: {} as Readonly<Record<string, string>>,
  known: { inBook: "the customer is active when such a period begins" },
  forms: {
    is: (column: string, value: string) => `${column} is ${value}`,
    isNot: (column: string, value: string) => `${column} is not ${value}`,
    oneOf: (column: string, values: string) => `${column} is one of ${values}`,
    has: (column: string, _: string) => `${column} is recorded`,
    before: (column: string, _: string) => `${column} lies before the data date`,
    notZero: (column: string, _: string) => `${column} is not 0`,
    holds: (column: string, _: string) => `${column} holds`,
    holdsNot: (column: string, _: string) => `${column} does not hold`,
  },
};

/** What is said of a difference to another system's figure. */
export const reconcileTable = {
  colon: ": ",
  semicolon: "; ",
  cases: "cases",
  ours: "ours",
  theirs: "theirs",
  file: ({ file, id, value, row }: Given<"file" | "id" | "value" | "row">) =>
    `Theirs: ${file}${row && `, row ${row}`}${id && `, ids in ${id}`}${value && (id ? `, values in ${value}` : `, column ${value}`)}.`,
  alike: (count: string) => `Counted alike on both sides: ${count}.`,
  onlyTotals: (isExplained: boolean) =>
    `Only totals are compared${isExplained ? "" : ": the whole difference stays unexplained"}.`,
  respelt: (count: string) => `Matched though spelt otherwise: ${count}.`,
  times: "× ",
  dividedBy: "÷ ",
  scaled: (by: string) =>
    `Their values are in another unit, as the cases on both sides tell: each is taken ${by}.`,
  yearAssumed: (period: string) => `Their heading names no year; it was taken for ${period}.`,
  totalRows: (count: string) =>
    `Rows of their file that are totals or means of others, and no cases: ${count}.`,
  refused: (count: string) => `Lines of their file that cannot be read, and are in no figure: ${count}.`,
  definition: (text: string) => `What counts by definition: ${text}`,
  rule: (number: string, sql: string) => `[${number}] Rule, as the model or mapping has it: ${sql}`,
  rounded: "The figures are rounded, so their last digits may not add up; --format json has all.",
  difference: "difference",
  count: "cases",
  effect: "effect",
  examples: "for example",
  whole: "wholly explained",
  rest: ({ cases, effect }: Given<"cases" | "effect">) =>
    `unexplained: ${effect} (${counted(cases, "case")})`,
  restOfTotals: (effect: string) => `unexplained: ${effect}`,
  sides: { theirs: "only theirs", ours: "only ours", both: "both" },
  reasons: {
    time_zone: (zone: string) => `the other period in the time zone ${zone}`,
    other_date: (column: string) => `their report goes by ${column}`,
    other_period: (period: string) => `ours in ${period}`,
    superseded: () => "a later row of the id replaced the one that they have",
    repeated: () => "the id stands in their list more than once",
    respelt: () => "the id stands in their list in two spellings",
    two_spellings: () => "two spellings are two cases here, one of them theirs",
    no_id: () => "a row without an id",
    other_scope: () => "not of the part asked for",
    definition: (rule: string) =>
      rule === "" ? "no case by definition" : `no case by definition, which asks that ${rule}`,
    not_counted: (rule: string) =>
      rule === "" ? "a case that does not count" : `a case that does not count, which asks that ${rule}`,
    awaiting: () => "it still waits for what would make it count",
    immature: () => "its time is not over yet",
    rounded: () => "ours rounded",
    no_value: () => "their row has no value",
    few: () => "reasons of fewer cases each than are told of",
    few_unexplained: () => "no reason found, of too few cases to say more",
    quarantined: (rule: string) => `refused when it was read: ${rule}`,
    left_out: (table: string) => `read, and left out by the mapping of ${table}`,
    not_extracted: () => "in nothing that was read",
    not_in_their_list: () => "not in their list, no reason found",
    other_value: () => "another value, no reason found",
    no_rule: () => "read, and no case here; no rule found that says why",
    total: () => "the totals differ",
  } satisfies Record<string, (detail: string) => string>,
};

/** What the command line's table of scores says. */
export const scoreTable = {
  subjects: { company: "company", team: "team", employee: "employee" },
  total: "total",
  covered: "weight covered",
  rank: "rank",
  grade: "grade",
  kpi: "KPI",
  weight: "weight",
  value: "value",
  target: "target",
  score: "score",
  inForce: "under the weights in force",
  whatIf: (day: string) => `what if: the weights of ${day}`,
  units: { percent: " %", minutes: " min", hours: " h" },
  missing: "without a score",
  unscored,
  provisional: "provisional",
  provisionalNote: "provisional: less than 80 % of the weight has a score.",
  noTotal: "“–”: less than half of the weight has a score, so there is no total.",
  nobody: "Nobody has any data.",
  nobodyTotal: (period: string) => `There is no total in ${period}.`,
  joined: ", ",
  colon: ": ",
};

/** What the command line's table of a review of weights says. */
export const weightTable = {
  history: "history of the weights",
  from: (day: string) => `from ${day}`,
  first: "first weights",
  by: (who: string) => `changed by: ${who}`,
  why: (note: string) => `note: ${note}`,
  joined: "; ",
  listed: ", ",
  grades:
    "how firm the grade is: by how much a weight has to change to flip it (the others rescaled proportionally)",
  least: "change that flips it (pp)",
  ranks: "weight at which the first two neighbours swap ranks (the others rescaled proportionally)",
  whatIf: "what if: these weights (the others rescaled proportionally)",
  kpi: "KPI",
  weight: "weight in force",
  other: "what if",
  at: "changes at",
  change: "change (pp)",
  grade: "grade",
  noGrade: "no total",
  provisional: (grade: string) => `${grade} (provisional)`,
  pair: "swap",
  passes: (leads: string, other: string) => `${leads} passes ${other}`,
  pairs: "neighbours that can swap",
  subjects: { company: "company", team: "team", employee: "employee" },
  rank: "rank",
  total: "total",
  before: (what: string) => `${what} (weights in force)`,
  now: "now",
  never: "“–”: no weight between 0 and 100 % changes it.",
  tooFew: "Fewer than two have a total, so there are no ranks to swap.",
  noTotal: "Less than half of the weight has a score, so there is no total.",
  none: "No weights are in force, so there is nothing to score.",
};

/** Days and periods. */
export const calendar = {
  /** From January. */
  months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  quarters: ["Q1", "Q2", "Q3", "Q4"],
  halves: ["H1", "H2"],
  ofYear: (year: string, part: string) => `${part} ${year}`.trim(),
  day: (year: string, month: string, day: number) => `${day} ${month} ${year}`,
  /** The scale in which an amount as large as this is written. */
  scale: (amount: number): { size: number; name: string } =>
    amount >= 1e6
      ? { size: 1e6, name: "M" }
      : amount >= 1e3
        ? { size: 1e3, name: "k" }
        : { size: 1, name: "" },
};

/** Currencies that have a name beside their code. */
export const currencies = {} as Readonly<Record<string, string>>;

/** What a page says when it cannot come up. It stands in the page itself: nothing that it would load may be there. */
export const notice = {
  file: "A page that is opened as a file may not read its data. Run npx herringbone serve in the project's folder, and open the address it prints.",
  failed: "Part of this page could not be loaded.",
  retry: "Try again",
};

/** What the command line's table of a benefit assessment says. */
export const benefitTable = {
  initiative: "initiative",
  kpi: "KPI",
  scope: "scope",
  everybody: "all",
  baseline: "baseline",
  followUp: "follow-up",
  change: "change",
  interval: "95 % interval",
  q: "q",
  verdict: "verdict",
  expected: "expected",
  money: "worth",
  returned: "return",
  none: "There are no initiatives.",
  followUpDays: "follow-up (days)",
  smallest: "smallest change found",
  neededDays: "days needed",
  worthTrying: "expected change found",
  found: { yes: "yes", longer: "only by a longer follow-up", never: "by no follow-up" },
  notes: {
    no_record: (name: string) =>
      `${name}: what is recorded before its start does not tell what it could find.`,
    not_recorded: (name: string) =>
      `${name}: a window is not wholly inside the record, so nothing is compared.`,
    planned: (name: string, day: string) =>
      `${name}: it has not begun, the verdict comes with data to ${day}.`,
    unequal: (name: string) =>
      `${name}: the windows differ in length, so the change is that by customer-day and not the difference of the two values.`,
    still_running: (name: string, day: string) =>
      `${name}: the follow-up is not over, the verdict comes with data to ${day}.`,
    not_testable: (name: string) =>
      `${name}: the KPI's figures carry no interval, so a change cannot be tested.`,
    windows_differ: (name: string) =>
      `${name}: the windows differ in length and too many customers are counted for that; give both the same number of days.`,
    withdrawn: (name: string) => `${name}: is no longer in the extract; the verdict stays.`,
    redefined: ({ name, build, now }: Given<"name" | "build" | "now">) =>
      `${name}: the verdict is that of build ${build}; as it has been defined since: ${now}.`,
    decided: ({ name, build, now }: Given<"name" | "build" | "now">) =>
      `${name}: the verdict is that of build ${build}; by the data of now: ${now}.`,
    copy: ({ name, of }: Given<"name" | "of">) =>
      `${name}: is a copy of ${of} (KPI, scope, start and windows are the same); the two are one test.`,
    decided_worth: ({ name, build, now }: Given<"name" | "build" | "now">) =>
      `${name}: the money is that of build ${build}; by the cost and value per unit of now: ${now}.`,
    no_comparison: (name: string) => `${name}: without a comparison group it is not known what else changed.`,
    no_value: (name: string) => `${name}: has a cost and no value per unit, so it has no return.`,
    empty_scope: (name: string) => `${name}: the data have no case in its scope.`,
    no_such_value: ({ name, value, near }: { name: string; value: string; near: string | null }) =>
      `${name}: the data have no such value as ${value}${near === null ? "." : `; did you mean ${near}?`}`,
    no_interval: (name: string) =>
      `${name}: the KPI's figures carry no interval, so no change of it can be tested.`,
    plan_windows_differ: (name: string) =>
      `${name}: its windows differ in length and too many customers are counted for that; give both the same number of days.`,
    more_than_all: (name: string) =>
      `${name}: the expected change is more than the whole value of such a window.`,
    no_fall: (name: string) =>
      `${name}: this follow-up finds no fall, however large, since too few events would be left to find it by.`,
    not_longer: (name: string) =>
      `${name}: the expected change is smaller than this follow-up finds; of a longer one nothing is known, since a customer is counted once.`,
    never: (name: string) =>
      `${name}: the expected change is smaller than a follow-up of any length finds with this baseline.`,
  },
};

/** What the command line says of a PDF whose figures it has worked out anew. */
export const verifyTable = {
  company: "company",
  build: ({ build, day }: Given<"build" | "day">) => `Printed of build ${build}, data up to ${day}.`,
  pages: {
    printed: "Pages: as they were printed.",
    covered:
      "Pages: drawn as they were printed, but links, notes, form fields or signatures over them are others.",
    retold:
      "Pages: as they were printed, but alternative texts, other tags, bookmarks or properties are others.",
    rewritten:
      "Pages: they read as they were printed, but another program has written the file since (a signature, a note, a save): not every viewer need show the same.",
    altered: "Pages: ALTERED since they were printed, or rewritten by another program.",
  },
  covered:
    "Compared are size and contents of the pages, fonts, pictures, links, notes, form fields, tags, bookmarks and properties, and the text of the pages with the figures. This is no signature: whoever alters a PDF can work out the digest anew.",
  attachment: "Attachment: ALTERED since it was printed.",
  otherBuild: ({ build }: Given<"build">) =>
    `The warehouse has another build, ${build}, with which it was compared: what differs may have changed since. With --warehouse a copy of the warehouse of its own build can be named.`,
  nothing: "It carries no figures of KPIs, scorecards or initiatives: nothing was worked out anew.",
  agree: ({ agree, figures }: Given<"agree" | "figures">) => `${agree} of ${figures} figures agree.`,
  unprinted: "The PDF carries these figures, and none of its pages shows them:",
  notCarried: (count: string) => `Not carried, since they tell of too few: ${count}.`,
  what: "of",
  of: "scope",
  period: "period",
  figure: "figure",
  carried: "in the PDF",
  now: "in the warehouse",
  figures: {
    total: "total",
    period_end: "end of the period",
    mature: "final",
    partial: "partial",
    start: "from",
    end: "until",
    withdrawn: "withdrawn",
    untestable: "why not tested",
    value_per_unit: "worth of a unit",
    decided: "decided",
    build_id: "build",
    on: "on",
    redefined: "redefined",
    now: "by today's data",
  },
};

/** What a workbook says; its formats are those of spreadsheets. */
export const workbook = {
  font: { name: "Calibri", size: 11 },
  formats: {
    month: "[$-409]mmm yyyy",
    part: (part: string) => `"${part}" yyyy`,
    year: "yyyy",
    day: "[$-409]d mmm yyyy",
  },
  sheets: {
    overview: "Overview",
    values: "KPIs",
    trends: "Trends",
    scores: "Scorecards",
    initiatives: "Initiatives",
    definitions: "Definitions",
    charts: "Charts",
  },
  scope: "Scope",
  period: "Period",
  asOf: "Data up to",
  build: "Build",
  currency: "Currency",
  command: "Made again by",
  contents: "Sheets",
  rows: (count: number) => (count === 1 ? "1 row" : `${count} rows`),
  charts: (count: number) => (count === 1 ? "1 chart" : `${count} charts`),
  notesTitle: "How to read it",
  notes: {
    empty:
      "An empty cell is a figure that does not exist or, where the row says “not shown”, one that tells of too few; it is not 0.",
    percent:
      "Percentages are stored as fractions: 2.1 % is 0.021. Every figure has all its digits in the cell.",
    ends: "Low and high are the ends of the 95 % interval.",
    formulas:
      "Totals of scorecards and returns of initiatives are formulas: they follow where weights, scores, worth or cost are changed.",
  },
  page: "Page &P of &N",
  columns: {
    section: "Section",
    kpi: "KPI",
    unit: "Unit",
    period: "Period",
    value: "Value",
    low: "Low",
    high: "High",
    n: "n",
    numerator: "Numerator",
    denominator: "Denominator",
    floor: "Floor",
    target: "Target",
    stretch: "Stretch",
    status: "Status",
    notes: "Notes",
    scorecard: "Scorecard",
    of: "Of",
    who: "Who",
    group: "Group",
    weight: "Weight",
    score: "Score",
    grade: "Grade",
    covered: "Weight covered",
    initiative: "Initiative",
    scope: "Scope",
    started: "Start",
    verdict: "Verdict",
    baseline: "Baseline",
    followUp: "Follow-up",
    change: "Change",
    relative: "Change, relative",
    p: "p",
    q: "q",
    expected: "Expected change",
    reached: "Expectation",
    cost: "Cost",
    worth: "Worth",
    worthLow: "Worth, low",
    worthHigh: "Worth, high",
    returned: "Return",
    returnedLow: "Return, low",
    returnedHigh: "Return, high",
    method: "Method",
    id: "Id",
    definition: "Definition",
    formula: "Calculation",
    total: "Total",
  },
  notShown: "not shown: of too few",
  totalNotShown: "not shown: it would tell an item that is not shown",
  rounded: "rounded, without the windows' values: the data have become others since the verdict",
  noTotal: "less than half of the weight has a score",
  missing: {
    renormalise: "an item without a score leaves its weight to the others",
    zero: "an item without a score counts as 0",
  },
  joined: "; ",
  listed: ", ",
  colon: ": ",
};

/** A window's figure, its days and what it is of. */
interface BenefitSide {
  value: string;
  span: string;
  n: string;
}

/** What was found of a KPI, its change and interval. */
interface BenefitChange {
  kpi: string;
  amount: string;
  change: string;
  interval: string;
  relative: string;
  against: string;
  q: string;
}

/**
 * What is said of initiatives. Cause is claimed nowhere but in `holds`, which is said only where there is a comparison group
 * and no check speaks against it.
 */
export const benefit = {
  join: " ",
  list: ", ",
  quoted: (name: string) => `“${name}”`,
  everybody: "the whole company",
  verdicts: {
    improved: "improved",
    worsened: "worsened",
    no_demonstrable_change: "no demonstrable change",
    still_running: "still running",
    too_little_data: "too little data",
    not_testable: "cannot be tested",
    not_recorded: "not recorded",
  },
  toCome: "planned",
  between: (low: string, high: string) => `${low} to ${high}`,
  span: (first: string, last: string) => `${first} to ${last}`,
  month: (firstDay: string) => firstDay.replace(/^1 /, ""),
  n: (count: string, of: string) => `n = ${count}${of && ` ${of}`}`,
  nothing: "nothing",
  headline: {
    changed: ({
      name,
      kpi,
      change,
      interval,
      verdict,
    }: {
      name: string;
      kpi: string;
      change: string;
      interval: string;
      verdict: string;
    }) => `${name}: ${kpi} ${change} (${interval}), ${verdict}`,
    no_demonstrable_change: ({
      name,
      kpi,
      change,
      interval,
    }: {
      name: string;
      kpi: string;
      change: string;
      interval: string;
    }) => `${name}: no demonstrable change of ${kpi} (${change}; ${interval})`,
    still_running: (name: string, day: string) => `${name}: still running, verdict with data to ${day}`,
    planned: (name: string, day: string) => `${name}: not begun, verdict with data to ${day}`,
    too_little_data: (name: string) => `${name}: too little data for a verdict`,
    not_testable: (name: string) => `${name}: cannot be tested`,
    not_recorded: (name: string) => `${name}: not recorded, nothing to compare`,
    hidden: (name: string, verdict: string | null) =>
      `${name}: ${verdict === null ? "" : `${verdict}, `}figures not shown`,
  },
  goal: {
    none: (kpi: string) => `its KPI is ${kpi}`,
    lower: (kpi: string, by: string) => `meant to lower ${kpi} by ${by}`,
    raise: (kpi: string, by: string) => `meant to raise ${kpi} by ${by}`,
  },
  done: ({ name, scope, on, goal }: { name: string; scope: string; on: string; goal: string }) =>
    `“${name}” has run for ${scope} since ${on}, ${goal}.`,
  planned: ({ name, scope, on, goal }: { name: string; scope: string; on: string; goal: string }) =>
    `“${name}” is to begin for ${scope} on ${on}, ${goal}.`,
  figures: ({ kpi, before, after }: { kpi: string; before: BenefitSide; after: BenefitSide }) =>
    `${kpi} was ${before.value} before (${before.span}, ${before.n}) and ${after.value} after (${after.span}, ${after.n}).`,
  soFar: ({
    kpi,
    before,
    after,
    days,
    of,
  }: {
    kpi: string;
    before: BenefitSide;
    after: BenefitSide;
    days: number;
    of: number;
  }) =>
    `${kpi} was ${before.value} before (${before.span}, ${before.n}) and is ${after.value} so far (${after.span}, ${days} of ${of} days, ${after.n}); part of a follow-up is no result.`,
  before: ({ kpi, value, span, n }: BenefitSide & { kpi: string }) =>
    `${kpi} was ${value} before (${span}, ${n}); there is no follow-up yet.`,
  empty: "The data have no case in its scope.",
  noSuchValue: ({ dimension, value, near }: { dimension: string; value: string; near: string | null }) =>
    `The data have no such ${dimension} as “${value}”${near === null ? "" : `; did you mean “${near}”?`}${near === null ? "." : ""}`,
  hidden: {
    few: (fewest: number) =>
      `Its figures are not shown: a window, or a month or part of one in it, tells of fewer than ${fewest} customers, employees or leads.`,
    cut: (fewest: number) =>
      `Its figures are not shown: a window of it begins or ends within a month, and beside the months that are shown it would tell of the days that it leaves of that month, or of those that another initiative's window does, which are of fewer than ${fewest} customers, employees or leads. Windows of whole months, from the first of one on, leave none.`,
    neighbour: (fewest: number) =>
      `Its figures are not shown: a month of its windows is not, since another value's figure of fewer than ${fewest} customers, employees or leads could be derived from it.`,
  },
  restated:
    "The values of its windows are not shown, and change, worth and return are rounded, the ends of intervals outward: the data have become others since the verdict, and who left them could be told.",
  hiddenVerdict: (verdict: string) => `Verdict: ${verdict}.`,
  withdrawn: "It has been taken out of the extract since; the verdict that it was given stays.",
  redefined: ({ on, verdict, change }: { on: string; verdict: string; change: string }) =>
    `The verdict was given on ${on} and stays; as it has been defined since, today's data would give: ${verdict}${change && ` (${change})`}.`,
  unequal:
    "The windows differ in length, so the two values cannot be compared as they are; the difference below is by customer-day.",
  notBegun: (on: string) => `It has not begun; the verdict comes with data to ${on}.`,
  notRecorded: "A window, with what the KPI looks back on, is not wholly recorded, so nothing is compared.",
  notTestable:
    "The figures of this KPI carry no interval: they are shown, and whether they changed by more than chance is not known.",
  windowsDiffer:
    "The windows differ in length, and a customer is counted once however long a window is: with more than 10 % counted, neither the two values nor their shares by day can be compared. Give both windows the same number of days.",
  tooLittle: "That is too little data for a verdict: too few customers in a group, or too few events.",
  horizon: (days: number) => ` and the ${days} days that this KPI waits for`,
  matures: {
    awaited: " and until no case is still open",
    limits: " and until the longest response limit has passed",
  },
  running: ({ end, on, waits }: { end: string; on: string; waits: string }) =>
    `It is still running: the follow-up goes to ${end}${waits.replace(" and until", "; it is final once")}, and the verdict comes with data to ${on}.`,
  waiting: ({ end, on, waits }: { end: string; on: string; waits: string }) =>
    `The follow-up ended on ${end}, but the values may still change${waits.replace(/^ and/, ":")}; the verdict comes with data to ${on} or later.`,
  against: (dimension: string) =>
    `Against the comparison group (every other ${dimension}) over the same days`,
  ownPast: "Against its own past, with the mix of cases held the same",
  fell: ({ against, kpi, amount, interval, relative }: BenefitChange) =>
    `${against}, ${kpi} fell by ${amount} (95 % interval ${interval}${relative && `; ${relative}`}).`,
  rose: ({ against, kpi, amount, interval, relative }: BenefitChange) =>
    `${against}, ${kpi} rose by ${amount} (95 % interval ${interval}${relative && `; ${relative}`}).`,
  judged: (verdict: string, q: string) => `Verdict: ${verdict} (q ${q}).`,
  noChange: ({ against, change, interval, q }: BenefitChange) =>
    `${against}, the difference is ${change} (95 % interval ${interval}). Verdict: no demonstrable change (q ${q}).`,
  compatible:
    "That is not proof that nothing changed: every value in the interval is compatible with the figures.",
  smallest: (change: string) => `A change of less than ${change} would probably not have been found here.`,
  onlyAlone:
    "Taken alone the change would pass for more than chance; among all initiatives tested it does not.",
  noDirection: "The KPI has no better direction, so a change is neither an improvement nor a worsening.",
  ranksDisagree:
    "The mean moved, but the ranks of the durations do not say the same: a few very long cases can move a mean.",
  reached: {
    yes: (expected: string) => `The expected ${expected} was reached: the whole interval lies beyond it.`,
    no: (expected: string) =>
      `The expected ${expected} was not reached: the whole interval falls short of it.`,
    open: (expected: string) =>
      `Whether the expected ${expected} was reached is open: the interval includes both.`,
  },
  cost: (cost: string) => `It cost ${cost}.`,
  costToCome: (cost: string) => `Its cost is set at ${cost}.`,
  costOnly: (cost: string) => `It cost ${cost}; without a value per unit there is no worth and no return.`,
  noMoney: "Without a value per unit there is no worth in money.",
  worth: ({
    money,
    range,
    cost,
    returned,
  }: {
    money: string;
    range: string;
    cost: string;
    returned: string;
  }) => `Worth in the follow-up: ${money} (${range})${cost}${returned}.`,
  worthRange: ({ range, cost, returned }: { range: string; cost: string; returned: string }) =>
    `In money the interval is ${range} (below zero: a loss)${cost}${returned}; no single figure is given where no change was shown.`,
  atCost: (cost: string) => ` at a cost of ${cost}`,
  noCost: ", its cost is not recorded",
  returned: (share: string, range: string) => `, a return of ${share} (${range})`,
  returnRange: (range: string) => `, a return of ${range}`,
  holds:
    "None of the checks made here speaks against the change being because of the measure; they cannot prove it.",
  noComparison: (day: string) =>
    `There is no comparison group: what else changed since ${day} is not known, so this is a change after the start, not one shown to come from the measure.`,
  few: (before: string, after: string) =>
    `It rests on few cases (${before} before, ${after} after); the interval says how little that tells.`,
  distrusted: (alarms: number, starts: number) =>
    `The method is not to be trusted here: on ${alarms} of ${starts} earlier starts, with no initiative on this KPI, it would have called a change all the same${alarms === 1 ? "; with so few starts that may be chance" : ""}.`,
  notExtreme: ({ rank, of, dimension }: { rank: number; of: number; dimension: string }) =>
    `${rank === 2 ? "Another" : `${rank - 1} others`} of the ${of} values of ${dimension} with 30 customers or more moved further in the same direction: a shock to all of them cannot be told from an effect.`,
  notFlat: (isCompared: boolean): string =>
    isCompared
      ? "The months before the start already moved differently from the comparison group, so the difference may have begun before."
      : "The months before the start were not level, so the change may have begun before.",
  extreme: {
    worst: (month: string, months: number) =>
      `The month before the start (${month}) was the worst of ${months}: some improvement was to be expected anyway (regression to the mean).`,
    best: (month: string, months: number) =>
      `The month before the start (${month}) was the best of ${months}: some worsening was to be expected anyway (regression to the mean).`,
  },
  mix: (change: string) =>
    `Other weights of segments and types alone moved the KPI by ${change}, more than the change itself.`,
  season: (change: string) =>
    `The same days a year earlier, without it, show a change in the same direction (${change}): it may be the season.`,
  customers: ({ share, both, left, joined }: { share: string; both: number; left: number; joined: number }) =>
    `${share} of the customers are in one window only (${both} in both, ${left} only before, ${joined} only after): part of the change may be theirs.`,
  overlapping: (names: string) =>
    `Others ran on cases that may be the same at the same time, and cannot be told apart from it: ${names}.`,
  inComparison: (names: string) =>
    `The comparison group was not left alone at the time of the windows, so the difference is also one from these on the same KPI: ${names}.`,
  copyOf: (name: string) =>
    `It is a copy of ${name}: KPI, scope, start and windows are the same, so the two are one test and one benefit.`,
  seenLate: (seen: string, started: string) =>
    `It was first registered on ${seen}, after its start on ${started}: what was expected could be set by what was already known.`,
  changed: ({ on, field, old, now }: { on: string; field: string; old: string; now: string }) =>
    `Its definition was changed on ${on}, after it had started: ${field} from ${old} to ${now}.`,
  decided: ({ on, verdict, change }: { on: string; verdict: string; change: string }) =>
    `The verdict was given on ${on} and stays; today's data would give: ${verdict}${change && ` (${change})`}.`,
  decidedWorth: ({ cost, perUnit, worth }: { cost: string; perUnit: string; worth: string }) =>
    `Its money stays as it was decided; with today's cost (${cost}) and value per unit (${perUnit}) it would be ${worth}.`,
  fields: {
    kpi_id: "KPI",
    scope: "scope",
    scope_dimension: "dimension of the scope",
    scope_value: "scope",
    started_on: "start",
    baseline_days: "days of the baseline",
    follow_up_days: "days of the follow-up",
    lag_days: "days of lag",
    expected_change: "expected change",
    cost: "cost",
    value_per_unit: "value per unit",
  } as Readonly<Record<string, string>>,
  summary: {
    none: "There are no initiatives to assess.",
    count: (verdict: string, count: number) => `${count} ${verdict}`,
    counts: (total: number, list: string) =>
      `${total === 1 ? "1 initiative" : `${total} initiatives`}: ${list}.`,
    outcome: ({
      name,
      scope,
      kpi,
      change,
      interval,
      verdict,
      worth,
    }: {
      name: string;
      scope: string;
      kpi: string;
      change: string;
      interval: string;
      verdict: string;
      worth: string;
    }) => `${name} (${scope}): ${kpi} ${change} (${interval}), ${verdict}${worth}.`,
    worth: (money: string, range: string) => `, worth ${money} (${range})`,
    noChange: (names: string) =>
      `No change could be shown of ${names}, which is not proof that there was none.`,
    hidden: (name: string, verdict: string) =>
      `${name}: ${verdict}; its figures are not shown, since they would tell of few.`,
    withdrawn: (names: string) => `Taken out of the extract since their verdict: ${names}.`,
    running: (name: string, day: string) =>
      `${name} is still running; its verdict comes with data to ${day}.`,
    planned: (name: string, day: string) => `${name} is planned and begins on ${day}.`,
    distrusted: (names: string) =>
      `Not to be trusted, since the method calls a change at more than 10 % of earlier starts, with no initiative on the KPI: ${names}.`,
    noComparison: (names: string) =>
      `Without a comparison group, so that what else changed is not known: ${names}.`,
    late: (names: string) => `Registered or changed after the start: ${names}.`,
    /** The first names of a list, how many are not named, and how many there are in all. */
    andOthers: (names: string, { others }: { others: number; all: number }) => `${names} and ${others} more`,
    others: (verdict: string, count: number) => `${count} more: ${verdict}.`,
  },
};
