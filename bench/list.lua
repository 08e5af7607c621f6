-- The signed-in person's list of accounts.
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
