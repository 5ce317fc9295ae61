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
  "rule.too_early": "before the record begins (record_floor of settings.yaml)",
  "rule.placeholder_date": "before the record begins (record_floor of settings.yaml), counts as null",
  "rule.decimal_comma":
    'read as thousands, for every comma stands before three digits; if it is the decimal one, set decimal: "," in sources.yaml',
  "rule.two_orders": "every date fits two of the formats listed; the first was taken",
  "rule.mapping_failed": "the mapping cannot take the cell",
  "rule.mixed_currencies": "amounts of one row in two currencies; convert one in the mapping",
  "rule.ragged": "not as many fields as the header",
  "rule.broken_quoting": "quotes that do not match",
  "rule.line_too_long": "line too long",
  "rule.bad_encoding": "not text of the file's encoding",
  "rule.nul_byte": "NUL byte in the text",
  "rule.repeated_header": "the header again, perhaps of a second export",
  "rule.no_line_end": "the last line has no line end, it may have been cut off",
  "rule.unknown_reference": "no such row in the table it refers to; shown under (unknown)",
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
    `${table}: ended, its newest row is of ${newest}; its KPIs have no value after ${last}`,
  "record.dayOnly": ({ column }: Given<"column">) =>
    `${column}: day_precision, its times hold days only; response times have no value`,
  "contract.label": ({ table }: Given<"table" | "chinese">) => `${table}`,
  "schema.snakeCase": "not a snake_case id",
  "schema.ofGrowth": "only of a growth of dated cases",
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
  "schema.oneCharacter": "one ASCII character",
  "schema.every": 'expected like "1 day"',
  "schema.sourceName": "a source's name",
  "schema.dayOrInstant": "expected a day (2026-06-30) or an instant (2026-06-30T18:00:00+08:00)",
  "schema.patterns": "expected one file pattern or a list of them, or a map of raw table → patterns",
  "schema.sql": "expected SQL",
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
  "scorecard.missing": ({ id }: Given<"id">) => `no such scorecard: ${id}`,
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
  "yaml.tag": "an unknown tag (!name)",
  "yaml.keyNoText": "a key that is no text",
  "yaml.secondDocument": "a second document (---), expected one",
  "yaml.unexpected": "something that does not belong here",
  "yaml.invalid": "not valid YAML",
  "file.line": ({ line, wrong }: Given<"line" | "wrong">) => `line ${line}: ${wrong}`,
  "expected.kpi": ({ near }: Given<"near">) => `a kpi of kpis.yaml${near}`,
  "expected.dimension": "the value's dimension",
  "expected.dimensionOf": ({ kpi, supported, near }: Given<"kpi" | "near", "supported">) =>
    `a dimension of ${kpi} (it has ${list(supported) || "none"})${near}`,
  "expected.laterDay": ({ day }: Given<"day">) => `a day after valid_from, ${day}`,
  "expected.percentage": ({ kpi }: Given<"kpi">) =>
    `a fraction or a percentage like 2.13% (${kpi} is one of %)`,
  "expected.higherLimit": ({ column, limit }: Given<"column" | "limit">) =>
    `a limit above the ${column}, ${limit}`,
  "expected.lowerLimit": ({ column, limit }: Given<"column" | "limit">) =>
    `a limit below the ${column}, ${limit}`,
  "expected.noOtherRow": ({ span }: Given<"span">) =>
    `no other row of its grain and scope at the same time (there is one from ${span})`,
  "expected.scorecard": ({ near }: Given<"near">) => `a scorecard of scorecards.yaml${near}`,
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
  "sources.unknownTable": ({ known, near }: Given<"near", "known">) =>
    `unknown table (the contract has ${list(known)})${near}`,
  "sources.unknownColumn": ({ table, known, near }: Given<"table" | "near", "known">) =>
    `unknown column (${table} has ${list(known)}; dimensions.yaml can name more)${near}`,
  "sources.unknownFile": ({ parts, from }: Given<"from", "parts">) =>
    `unknown file name, expected one of ${list(parts)}: ${from}`,
  "sources.openFile": ({ parts }: Given<never, "parts">) =>
    `"from" or "select" has to say which of ${list(parts)} it reads`,
  "sources.unmapped": ({ place, names, table, others }: Given<"place" | "table", "names" | "others">) =>
    `${place}: nothing is mapped to the required columns ${list(names)}${others.length > 0 ? ` (${table} also takes ${list(others)})` : ""}`,
  faults: ({ faults }: Given<never, "faults">) => faults.join("; "),
  "sources.noWords": ({ table, coded, near }: Given<"table" | "near", "coded">) =>
    `no column with words (${table} has ${list(coded)})${near}`,
  "sources.unknownCode": ({ codes, value, near }: Given<"value" | "near", "codes">) =>
    `not one of ${list(codes)}: ${value}${near}`,
  "sources.noDates": ({ table, dated, near }: Given<"table" | "near", "dated">) =>
    `no column of dates (${table} has ${list(dated)})${near}`,
  "header.titleAbove": " (a title above the header has to be taken out of the file)",
  "column.missing": ({ place, title, near, name }: Given<"place" | "title" | "near" | "name">) =>
    `${place}: the file has no such column${title}${near}: ${name}`,
  "sql.columns": ({ wrong, columns }: Given<"wrong" | "columns">) =>
    `${wrong} (columns of the file: ${columns})`,
  "mapping.otherTable": ({ place, own, table }: Given<"place" | "own" | "table">) =>
    `${place}: only the source's own tables may be read${own && ` (${own})`}: ${table}`,
  "mapping.beyond": ({ place, what }: Given<"place" | "what">) =>
    `${place}: a mapping may not reach beyond its source's rows, nor depend on chance: ${what}`,
  "sql.parameter": "a parameter",
  "extracts.seen": ({ seen }: Given<"seen">) => `there are ${seen}; `,
  "extracts.none": ({ files, tables, folder }: Given<"files" | "folder", "tables">) =>
    `no extracts found (${files}a file is read when it is named after a table of the contract, like tickets.csv, or when sources.yaml beside it says which table it feeds; the tables are ${list(tables)}): ${folder}`,
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
  "encoding.sure": ' (a guess, sure; "encoding:" in sources.yaml settles it)',
  "encoding.likely": ' (a guess, likely; "encoding:" in sources.yaml settles it)',
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
  "cube.step": ({ ids }: Given<"ids">) => `cube: ${ids}`,
  "percentiles.step": ({ ids }: Given<"ids">) => `percentiles: ${ids}`,
  either: ({ names }: Given<never, "names">) => names.join(" or "),
  "kpis.withoutData": ({ without, all, lacked }: Given<"without" | "all", "lacked">) =>
    `${without} of ${all} KPIs have no data, for want of ${list(lacked)}`,
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
  "machine.readOnly": "the file system is read-only",
  "machine.forbidden": "missing permission",
  "machine.noFolder": "a folder is needed where a file is",
  "machine.noFile": "a file is needed where a folder is",
  "machine.openFiles": "too many open files",
  "machine.longName": "the name is too long",
  "machine.linkCircle": "links lead in a circle",
  "machine.diskError": "the disk does not work",
  "machine.busy": "it is in use",
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
  "browser.noStart": ({ path, reason }: Given<"path" | "reason">) =>
    `the browser does not start: ${path}\n${reason}`,
  "browser.startsNot": "installed, but it does not start",
  "browser.tooOld": ({ oldest, version }: Given<"oldest" | "version">) =>
    `the browser is too old to print headers and footers, ${oldest} is needed: ${version}`,
  "browser.unreachable": "its download server can't be reached",
  "build.done": ({ build, day, from }: Given<"build" | "day" | "from">) =>
    `build ${build}, data to ${day} (${from})`,
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
  "csv.otherFormat": ({ format, file }: Given<"format" | "file">) => `not a CSV text but ${format}: ${file}`,
  "csv.utf16": ({ file }: Given<"file">) =>
    `looks like UTF-16 text, set "encoding" in sources.yaml or save as UTF-8: ${file}`,
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
  "export.print": ({ file }: Given<"file">) => `print ${file}`,
  "extracts.missing": ({ folder }: Given<"folder">) => `no such folder of extracts: ${folder}`,
  "extracts.unnamed": "no extracts: put them into data/extracts, or name their folder with --data",
  "file.fault": ({ at, wrong }: Given<"wrong", "at">) => [...at, wrong].join(": "),
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
  "page.failed": ({ url, errors }: Given<"url" | "errors">) => `the report page failed: ${url}\n  ${errors}`,
  "page.missing": ({ page }: Given<"page">) =>
    `no such page in the built site; run the site's build first: ${page}`,
  "page.notReady": ({ seconds, url }: Given<"seconds" | "url">) =>
    `the report page was not ready after ${seconds} s: ${url}`,
  "pdf.otherFile": "this file is no earlier print and would be lost; move it, or name another --out",
  "pdf.signed": "this print is signed and would be lost; move it, or name another --out",
  "pdf.taken": "the PDF cannot be written, its name is taken by something that is no file",
  "pdf.undrawn": ({ characters }: Given<"characters">) =>
    `characters without a font on this machine, boxes in the report: ${characters}`,
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
    `${table}.${column}: amounts of other currencies than ${own}, and no rate of the month in ${file} of the catalogue (month,currency,rate); where all are of one, say so in settings.yaml (currency: USD): ${list(rows)}`,
  "rates.row": ({ own, found }: Given<"own" | "found">) =>
    `expected a month YYYY-MM, the code of another currency than ${own} and a rate above 0, once a month and currency, found: ${found}`,
  "report.missing": ({ page }: Given<"page">) =>
    `no report in the built site, run "herringbone site" first: ${page}`,
  "report.unknown": ({ name, names }: Given<"name", "names">) =>
    `unknown report (there is ${list(names)}): ${name}`,
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
  "site.buildFailed": ({ reason }: Given<"reason">) => `the site build failed:\n${reason}`,
  "site.done": ({ folder }: Given<"folder">) => `site ${folder}`,
  "site.leftOut": ({ path, dimensions }: Given<"path", "dimensions">) =>
    `over the budget, left to "kpi --where": ${path}: ${list(dimensions)}`,
  "site.missing": ({ folder }: Given<"folder">) =>
    `there is no built site, run "herringbone site" first or name its folder: ${folder}`,
  "site.published": ({ tables, size, largest }: Given<"tables" | "size" | "largest">) =>
    `published ${tables} tables, ${size} compressed, the largest ${largest}`,
  "site.replaced": ({ found, wanted, folder }: Given<"found" | "wanted" | "folder">) =>
    `the site was replaced meanwhile, it shows build ${found} instead of ${wanted}: ${folder}`,
  "site.step": "site",
  "site.warehouseReplaced": ({ wanted, found }: Given<"wanted" | "found">) =>
    `the warehouse was built anew meanwhile (${wanted} has become ${found}), so there would be no telling whose figures the site shows; run it again`,
  "sources.noMatch": ({ patterns }: Given<never, "patterns">) => `no file matches: ${list(patterns)}`,
  "sql.wrong": ({ place, reason }: Given<"place" | "reason">) => `${place}: ${reason}`,
  suggestion: ({ name }: Given<"name">) => ` (did you mean ${name}?)`,
  "text.notUtf8": ({ line, likely }: Given<"line" | "likely">) =>
    `line ${line}: not UTF-8 text, perhaps ${likely} (expected UTF-8)`,
  "text.unreadable": ({ code }: Given<"code">) => `cannot be read: ${code}`,
  "text.utf16": "written in UTF-16 (expected UTF-8)",
  "trace.withoutScorecard": ({ id }: Given<"id">) => `--trace goes with a scorecard: ${id}`,
  "vocabulary.twoMeanings": ({ other, word }: Given<"other" | "word">) =>
    `this word means ${other} already: ${word}`,
  "vocabulary.unknownCode": ({ near, known }: Given<"near", "known">) =>
    `unknown code (the contract has ${list(known)})${near}`,
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
  "weight.outside": ({ found }: Given<"found">) => `a weight is from 0 to 1: ${found}`,
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
};
