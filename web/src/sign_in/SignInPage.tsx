import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import { session } from "../api/client";
import { ProblemError } from "../api/problem";
import { Fault } from "../shell/Fault";
import { Logo } from "../shell/Logo";
import css from "./SignInPage.module.css";

export function SignInPage({ ended }: { ended: boolean }) {
  useDocumentTitle("Sign in · Herald");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await session.signIn(email.trim(), password);
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  const wrong = error instanceof ProblemError && error.status === 401;
  return (
    <main className={css.page}>
      <div className={css.box}>
        <Group gap={10} mb={28} justify="center">
          <Logo size={30} />
          <Text fw={680} fz={20} style={{ letterSpacing: "-0.01em" }}>
            Herald
          </Text>
        </Group>
        <form className={`panel ${css.form}`} onSubmit={(event) => void submit(event)}>
          <Stack gap="md">
            <Title order={1} fz={20}>
              Sign in
            </Title>
            {ended && !error && (
              <Alert color="yellow">Your session has ended. Sign in again.</Alert>
            )}
            {wrong && (
              <Alert color="red" role="alert">
                E-mail or password is not right.
              </Alert>
            )}
            {error !== null && !wrong && <Fault error={error} />}
            <TextInput
              label="E-mail"
              type="email"
              name="email"
              autoComplete="username"
              required
              withAsterisk={false}
              size="md"
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              size="md"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" size="md" loading={busy} mt={4}>
              Sign in
            </Button>
          </Stack>
        </form>
        <Text c="dimmed" size="sm" ta="center" mt="lg">
          Accounts are made by whoever runs this Herald.
        </Text>
      </div>
    </main>
  );
}
