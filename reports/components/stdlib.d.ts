declare module "observablehq:stdlib" {
  export interface Attachment {
    json(): Promise<unknown>;
    arrayBuffer(): Promise<ArrayBuffer>;
  }
  export function FileAttachment(name: string): Attachment;
}
