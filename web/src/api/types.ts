// Short names for the shapes of the contract.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Account = Schemas["Account"];
export type AccountAnalytics = Schemas["AccountAnalytics"];
export type Attempt = Schemas["Attempt"];
export type Check = Schemas["Check"];
export type CheckDraft = Schemas["CheckDraft"];
export type CheckProblem = Schemas["CheckProblem"];
export type Consent = Schemas["Consent"];
export type CountedAs = Schemas["CountedAs"];
export type Customer = Schemas["Customer"];
export type Delivery = Schemas["Delivery"];
export type DeliveryEvent = Schemas["DeliveryEvent"];
export type DeliveryState = Schemas["DeliveryState"];
export type Figures = Schemas["Figures"];
export type FiguresOff = Schemas["FiguresOff"];
export type Flow = Schemas["Flow"];
export type FlowRef = Schemas["FlowRef"];
export type FlowStart = Schemas["FlowStart"];
export type FlowStatus = Schemas["FlowStatus"];
export type Media = Schemas["Media"];
export type MediaType = Schemas["MediaType"];
export type Metric = Schemas["Metric"];
export type Option = Schemas["Option"];
export type OptionValue = Schemas["OptionValue"];
export type Platform = Schemas["Platform"];
export type Post = Schemas["Post"];
export type PostAnalytics = Schemas["PostAnalytics"];
export type PostDraft = Schemas["PostDraft"];
export type PostKind = Schemas["PostKind"];
export type PostStatus = Schemas["PostStatus"];
export type Scope = Schemas["Scope"];
export type SignIn = Schemas["SignIn"];
export type SignedIn = Schemas["Session"];
export type User = Schemas["User"];
