// A style sheet as text, with what it imports (build.mjs).
declare module "css:*" {
  const text: string;
  export default text;
}

// The fields of questions and their style (fields.mjs).
declare module "widgets:fields" {
  export const fields: Record<string, object>;
  export const style: string;
}
