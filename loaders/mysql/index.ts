import { databaseKind } from "../database/kind.js";
import { connect } from "./connect.js";
import { faultOf } from "./faultOf.js";

/** Tables and queries of a MySQL or MariaDB database. */
export const mysql = databaseKind({ schemes: ["mysql", "mariadb"], connect, faultOf });
