// Where Herald sends for a post something else than a client does, as differences() of recorded.mjs
// says it ("there" the client, "here" Herald), and why that is right. A difference that is not here
// fails beside.mjs, and so does a line here that is no difference any more.
const submit = "POST /api/submit";
const session = "POST /upload/youtube/v3/videos";
const chunk = "PUT /upload/youtube/v3/videos";

const kSegments = "The client sends every file in segments, Herald a picture in one request.";
const kSaid = "Herald says what the person saw chosen, not leaving it to the platform's defaults.";
const kForeseen = "Herald asks for the community's rules first, to say in words what they refuse.";
const kComma = "The client repeats the name, Herald parts the values by commas; Google takes both.";
const kGiven = "The session's address is the platform's: it has what the session began with.";

export const kExplained = {
  twitter: {
    "only there: POST /2/media/upload/initialize": kSegments,
    "only there: POST /2/media/upload/{id}/append": kSegments,
    "only there: POST /2/media/upload/{id}/finalize": kSegments,
    "only here: POST /2/media/upload": kSegments,
  },
  reddit: {
    "only here: GET /r/breadlab/about": kForeseen,
    "only here: GET /api/v1/breadlab/post_requirements": kForeseen,
    "only here: GET /r/breadlab/api/link_flair_v2": kForeseen,
    "only here: GET /api/info": "Herald looks whether the post stands or was taken away at once.",
    [`${submit}: fields.nsfw: - | "false"`]: kSaid,
    [`${submit}: fields.spoiler: - | "false"`]: kSaid,
    [`${submit}: fields.resubmit: "true" | -`]:
      "It is about links; the client sends it with texts as well.",
    [`${submit}: fields.validate_on_submit: - | "true"`]:
      "Reddit is to check the community's requirements before it takes the post.",
  },
  youtube: {
    "only here: GET /youtube/v3/videos": "Herald waits until the video is processed.",
    [`${session}: host: "youtube.googleapis.com" | "www.googleapis.com"`]:
      "The client goes by Google's discovery document, Herald by YouTube's guide to uploads.",
    [`${session}: query.part: ["snippet","status"] | "snippet,status"`]: kComma,
    [`${session}: query.notifySubscribers: - | "true"`]: kSaid,
    [`${session}: fields.snippet.categoryId: - | "22"`]: kSaid,
    [`${session}: fields.status.containsSyntheticMedia: - | false`]: kSaid,
    [`${session}: fields.status.embeddable: - | true`]: kSaid,
    [`${session}: fields.status.license: - | "youtube"`]: kSaid,
    [`${chunk}: query.part: ["snippet","status"] | "snippet,status"`]: kGiven,
    [`${chunk}: query.notifySubscribers: - | "true"`]: kGiven,
  },
};
