import { Notice } from "./Notice";

export function NotFound() {
  return (
    <Notice
      title="There is no such page"
      text="The address may be mistyped, or what was here is gone."
      action={{ label: "Go to your posts", to: "/posts" }}
    />
  );
}
