import { Suspense, useSyncExternalStore } from "react";
import { Navigate, Route, Routes, useLocation } from "react-router";
import { session } from "./api/client";
import { NotFound } from "./shell/NotFound";
import { page } from "./shell/page";
import { PageSkeleton } from "./shell/PageSkeleton";
import { Shell } from "./shell/Shell";
import { Unreachable } from "./shell/Unreachable";
import { nextPage } from "./sign_in/nextPage";
import { SignInPage } from "./sign_in/SignInPage";

const SocialPlatformPage = page(() => import("./platforms/SocialPlatformPage"));
const AnalyticsPage = page(() => import("./analytics/AnalyticsPage"));
const ComposePage = page(() => import("./compose/ComposePage"));
const PostsPage = page(() => import("./posts/PostsPage"));
const PostPage = page(() => import("./posts/PostPage"));

// Where somebody who is not signed in is asked to be.
const kPages = ["/", "/social-platform", "/compose", "/posts", "/posts/:id", "/analytics"];

export function useSession() {
  return useSyncExternalStore(session.subscribe, () => session.state);
}

function ToSignIn() {
  const { pathname, search } = useLocation();
  const next = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
  return <Navigate to={`/sign-in${next}`} replace />;
}

export function App() {
  const state = useSession();
  if (state.phase === "checking") return null; // Some milliseconds: a flash would be worse.
  if (state.phase === "unreachable") return <Unreachable />;
  if (state.phase === "signed_out") {
    return (
      <Routes>
        <Route path="/sign-in" element={<SignInPage ended={state.ended} />} />
        {kPages.map((path) => (
          <Route key={path} path={path} element={<ToSignIn />} />
        ))}
        <Route
          path="*"
          element={
            <main>
              <NotFound />
            </main>
          }
        />
      </Routes>
    );
  }
  return (
    <Shell user={state.user} customer={state.customer}>
      <Suspense fallback={<PageSkeleton />}>
        <Routes>
          <Route path="/" element={<Navigate to="/social-platform" replace />} />
          <Route path="/sign-in" element={<Onward />} />
          <Route path="/social-platform" element={<SocialPlatformPage />} />
          <Route path="/compose" element={<ComposePage />} />
          <Route path="/posts" element={<PostsPage />} />
          <Route path="/posts/:id" element={<PostPage />} />
          <Route path="/analytics" element={<AnalyticsPage />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}

function Onward() {
  const { search } = useLocation();
  return <Navigate to={nextPage(new URLSearchParams(search).get("next"))} replace />;
}
