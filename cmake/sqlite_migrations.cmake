# Builds migrations/sqlite/0NN_*.sql into the program, in the order of their numbers.
# Included where the target is made; run as a script (-P) to write the source file.

if(CMAKE_SCRIPT_MODE_FILE)
  set(entries "")
  file(GLOB files ${FOLDER}/*.sql)
  list(SORT files)
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    string(REGEX MATCH "^0*([0-9]+)_" ignored ${name})
    file(READ ${file} sql)
    string(APPEND entries "    {${CMAKE_MATCH_1}, \"${name}\", R\"sql(${sql})sql\"},\n")
  endforeach()
  file(WRITE ${OUTPUT}
    "#include \"store/sqlite/migrations.h\"\n\nnamespace herald {\nnamespace {\n\n"
    "constexpr Migration kMigrations[] = {\n${entries}};\n\n}  // namespace\n\n"
    "std::span<const Migration> sqlite_migrations() { return kMigrations; }\n\n"
    "}  // namespace herald\n")
  return()
endif()

set(migrations_folder ${CMAKE_SOURCE_DIR}/migrations/sqlite)
file(GLOB migrations CONFIGURE_DEPENDS ${migrations_folder}/*.sql)
set(migrations_source ${CMAKE_BINARY_DIR}/generated/sqlite_migrations.cc)
add_custom_command(
  OUTPUT ${migrations_source}
  COMMAND ${CMAKE_COMMAND} -DFOLDER=${migrations_folder} -DOUTPUT=${migrations_source}
    -P ${CMAKE_CURRENT_LIST_DIR}/sqlite_migrations.cmake
  DEPENDS ${migrations} ${CMAKE_CURRENT_LIST_DIR}/sqlite_migrations.cmake
  VERBATIM)
target_sources(herald_store_sqlite PRIVATE ${migrations_source})
