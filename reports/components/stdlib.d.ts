declare module "observablehq:stdlib" {
  import type { Table } from "apache-arrow";

  export interface Attachment {
    json(): Promise<unknown>;
    arrow(): Promise<Table>;
  }
  export function FileAttachment(name: string): Attachment;
}
