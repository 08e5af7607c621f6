// A platform whose app nobody has registered yet.
import { stage } from "./rig/stage.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage({ unset: ["YOUTUBE_CLIENT_ID", "YOUTUBE_CLIENT_SECRET"] });

scene("its card names the variables to set and leads to the guide", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const card = walk.card(mia.page, "youtube");
  await card.getByText("Needs set-up").waitFor();
  for (const name of ["YOUTUBE_CLIENT_ID", "YOUTUBE_CLIENT_SECRET"]) {
    await card.getByText(name, { exact: true }).waitFor();
  }
  await walk.connectButton(mia.page, "instagram").waitFor();
  const opened = mia.context.waitForEvent("page");
  await card.getByRole("link", { name: "How to register the app" }).click();
  const guide = await opened;
  await guide.getByText("YOUTUBE_CLIENT_ID").first().waitFor();
});
