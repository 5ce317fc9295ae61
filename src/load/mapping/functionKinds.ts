/** Functions that take whatever they are given and give null for null only. */
export const harmless = new Set(
  "|| ~~ !~~ ~~* !~~* concat concat_ws lower upper lcase ucase trim ltrim rtrim replace length strlen reverse greatest least contains starts_with prefix ends_with suffix nfc_normalize strip_accents translate regexp_replace list_value struct_pack struct_extract row to_json isfinite unnest".split(
    " ",
  ),
);

/** They say themselves what is nothing, or look for what need not be there. */
export const deliberate = new Set(
  "nullif -> ->> json_extract json_extract_string json_extract_path json_extract_path_text json_value json_exists".split(
    " ",
  ),
);

/** They give null rather than fail: whoever writes `coalesce` around them wants that. */
export const lenient = new Set(
  "try_strptime / // % mod divide list_extract list_element array_extract element_at map_extract_value list_max list_min list_first list_last list_position array_position".split(
    " ",
  ),
);

/** Null is not all they can make of a null. */
export const swallowing = new Set(
  "concat concat_ws greatest least list_value struct_pack row to_json hash typeof".split(" "),
);

/** An empty text of theirs is a part that was not there. */
export const partOf = new Set("regexp_extract split_part substring substr left right".split(" "));

/** They do something to each element of a list. */
export const overElements = /^((list|array)_)?(transform|apply|filter)$/;

/** They fail rather than give null. */
export const throwing = new Set(
  "+ - * strptime make_date make_timestamp make_time date_trunc date_part datepart year month day".split(" "),
);
