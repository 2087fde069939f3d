mod about;
mod assign;
mod hash;
mod table;
