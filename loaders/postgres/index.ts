import { databaseKind } from "../database/kind.js";
import { connect } from "./connect.js";
import { faultOf } from "./faultOf.js";

/** Tables and queries of a PostgreSQL database. */
export const postgres = databaseKind({ schemes: ["postgres", "postgresql"], connect, faultOf });
