// Posts in every state there is.
import { addPost, at, delivery } from "./world";

const kPublished = {
  state: "published" as const,
  url: "https://example.com/p/1",
  published_at: at(-130),
};

addPost("scheduled", 60 * 26, "Saturday: the first apple strudel of the season, from seven.", {
  hues: [35],
  deliveries: [delivery("acc_bakery", "image"), delivery("acc_page", "post")],
});
addPost("scheduled", 60 * 3, "How we bake rye bread, start to end. Eleven hours in four minutes.", {
  hues: [15],
  video: true,
  deliveries: [delivery("acc_channel", "video")],
});
addPost("publishing", -1, "Bread at dawn", {
  hues: [28],
  video: true,
  deliveries: [
    delivery("acc_channel", "video", {
      state: "running",
      progress: { done_bytes: 41_943_040, total_bytes: 96_468_992, step: "Uploading the video" },
    }),
    delivery("acc_bakery", "reel", {
      state: "waiting",
      next_at: at(1),
      message: "The platform is preparing the video.",
      progress: { done_bytes: 0, total_bytes: 0, step: "Waiting for the platform" },
    }),
  ],
});
addPost("needs_attention", -20, "Open again! We used the quiet week to paint the whole shop.", {
  hues: [200, 140, 260],
  deliveries: [
    delivery("acc_bakery", "carousel", { state: "review", url: null }),
    delivery("acc_garden", "carousel", { state: "parked" }),
    delivery("acc_page", "post", { state: "unknown", next_at: at(2) }),
  ],
});
addPost(
  "published",
  -130,
  "Fresh from the oven: walnut rolls.\n\nUntil noon, or until they are gone.",
  {
    hues: [24],
    deliveries: [
      delivery("acc_bakery", "image", {
        ...kPublished,
        follow_ups: [{ kind: "first_comment", state: "published", message: null }],
      }),
    ],
  },
);
addPost("partly_published", -60 * 27, "Our new opening hours start on Monday.", {
  hues: [320],
  deliveries: [
    delivery("acc_page", "post", kPublished),
    delivery("acc_bakery", "image", {
      state: "failed",
      code: "media_ratio",
      message:
        "Instagram did not take the picture: it is wider than 1.91 to 1. Crop it and try again.",
    }),
  ],
});
addPost("missed", -60 * 30, "Good morning!", {
  deliveries: [delivery("acc_page", "post", { state: "missed" })],
});
addPost("cancelled", -60 * 52, "Bread baking course, two places left", {
  deliveries: [delivery("acc_page", "post", { state: "cancelled" })],
});
addPost("published", -60 * 75, "", {
  hues: [50, 80],
  deliveries: [delivery("acc_bakery", "carousel", kPublished)],
});
