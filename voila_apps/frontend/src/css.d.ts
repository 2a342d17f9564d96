// A style sheet as text, with what it imports (build.mjs).
declare module "css:*" {
  const text: string;
  export default text;
}
