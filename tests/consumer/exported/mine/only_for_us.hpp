#if !defined(FUNCTION)
#error "this is for the files of this project"
#endif
