# Builds the files of migrations/<FOLDER>/ into a room, in the order of their numbers, as the body of
# its <FOLDER>_migrations(). Included where the rooms are made; run as a script (-P) to write the
# source file.

if(CMAKE_SCRIPT_MODE_FILE)
  set(entries "")
  file(GLOB files ${FILES}/*)
  list(SORT files)
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    string(REGEX MATCH "^0*([0-9]+)_" ignored ${name})
    file(READ ${file} text)
    string(APPEND entries "    {${CMAKE_MATCH_1}, \"${name}\", R\"text(${text})text\"},\n")
  endforeach()
  file(WRITE ${OUTPUT}
    "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\nnamespace {\n\n"
    "constexpr Migration kMigrations[] = {\n${entries}};\n\n}  // namespace\n\n"
    "std::span<const Migration> ${NAME}_migrations() { return kMigrations; }\n\n"
    "}  // namespace ${NAMESPACE}\n")
  return()
endif()

set(migrations_script ${CMAKE_CURRENT_LIST_FILE})

# herald_migrations(<room> <folder> <namespace>)
function(herald_migrations room name namespace)
  string(REPLACE "/" "_" target herald_${room})
  set(folder ${CMAKE_SOURCE_DIR}/migrations/${name})
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*)
  set(source ${CMAKE_BINARY_DIR}/generated/${name}_migrations.cc)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DFILES=${folder} -DOUTPUT=${source} -DNAME=${name}
      -DHEADER=${room}/migrations.h -DNAMESPACE=${namespace} -P ${migrations_script}
    DEPENDS ${files} ${migrations_script}
    VERBATIM)
  target_sources(${target} PRIVATE ${source})
endfunction()
